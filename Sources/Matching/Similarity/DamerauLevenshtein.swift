/// How many letters must be put in, left out, replaced or swapped with their neighbour to make one text of another.
///
/// The restricted distance (optimal string alignment): no part of a text is changed twice.
public enum DamerauLevenshtein {
    /// The distance of two texts, as given.
    public static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left.utf16), Array(right.utf16))
        return distance(left, right, atMost: max(left.count, right.count))
    }

    /// The distance of two texts in UTF-16 units.
    ///
    /// - Parameter atMost: a distance above it is given as `atMost + 1`, found sooner.
    public static func distance(_ left: [UInt16], _ right: [UInt16], atMost: Int) -> Int {
        if left == right { return 0 }
        if abs(left.count - right.count) > atMost { return atMost + 1 }
        var start = 0
        while start < left.count, start < right.count, left[start] == right[start] { start += 1 }
        var (leftEnd, rightEnd) = (left.count, right.count)
        while leftEnd > start, rightEnd > start, left[leftEnd - 1] == right[rightEnd - 1] {
            leftEnd -= 1
            rightEnd -= 1
        }
        let (rows, columns) = (leftEnd - start, rightEnd - start)
        if rows == 0 || columns == 0 { return min(max(rows, columns), atMost + 1) }
        // Most pairs differ at one place or are far apart: both are known without the table.
        if rows == 1, columns == 1 { return min(1, atMost + 1) }
        if atMost == 1 {
            let isSwap = rows == 2 && columns == 2 && left[start] == right[start + 1] && left[start + 1] == right[start]
            return isSwap ? 1 : 2
        }
        return table(left, start, rows, right, columns, atMost)
    }

    /// 1 for equal texts, 0 for texts with nothing in common: 1 − distance ÷ the longer length.
    public static func similarity(_ left: [UInt16], _ right: [UInt16]) -> Double {
        let longest = max(left.count, right.count)
        guard longest > 0 else { return 0 }
        return 1 - Double(distance(left, right, atMost: longest)) / Double(longest)
    }

    private static func table(
        _ left: [UInt16], _ start: Int, _ rows: Int, _ right: [UInt16], _ columns: Int, _ atMost: Int
    ) -> Int {
        var before = [Int](repeating: 0, count: columns + 1)
        var above = Array(0...columns)
        var current = before
        for row in 1...rows {
            current[0] = row
            var least = row
            let unit = left[start + row - 1]
            for column in 1...columns {
                let other = right[start + column - 1]
                var cost = min(above[column] + 1, current[column - 1] + 1, above[column - 1] + (unit == other ? 0 : 1))
                if row > 1, column > 1, unit == right[start + column - 2], left[start + row - 2] == other {
                    cost = min(cost, before[column - 2] + 1)
                }
                current[column] = cost
                least = min(least, cost)
            }
            if least > atMost { return atMost + 1 }
            (before, above, current) = (above, current, before)
        }
        return min(above[columns], atMost + 1)
    }
}
