/// Jaro's similarity with Winkler's bonus for a common beginning (Winkler 1990), 0 to 1.
public enum JaroWinkler {
    /// The similarity of two texts, as given; fold them first where case and accents do not matter.
    public static func similarity(_ left: String, _ right: String) -> Double {
        similarity(Array(left.utf16), Array(right.utf16))
    }

    /// The similarity of two texts in UTF-16 units. The first 64 units count: names are no longer.
    public static func similarity(_ left: [UInt16], _ right: [UInt16]) -> Double {
        let leftCount = min(left.count, 64)
        let rightCount = min(right.count, 64)
        if left == right { return left.isEmpty ? 0 : 1 }
        guard leftCount > 0, rightCount > 0 else { return 0 }
        let window = max(0, max(leftCount, rightCount) / 2 - 1)
        // A bit for each unit that has found its partner.
        var leftFound: UInt64 = 0
        var rightFound: UInt64 = 0
        var found = 0
        var at = 0
        while at < leftCount {
            let unit = left[at]
            var other = max(0, at - window)
            let end = min(rightCount, at + window + 1)
            while other < end {
                if right[other] == unit, rightFound & (1 << UInt64(other)) == 0 {
                    leftFound |= 1 << UInt64(at)
                    rightFound |= 1 << UInt64(other)
                    found += 1
                    break
                }
                other += 1
            }
            at += 1
        }
        guard found > 0 else { return 0 }
        let jaro = jaro(
            left, leftFound, leftCount, right, rightFound, rightCount, found: found)
        var prefix = 0
        while prefix < min(4, leftCount, rightCount), left[prefix] == right[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    private static func jaro(
        _ left: [UInt16], _ leftFound: UInt64, _ leftCount: Int, _ right: [UInt16], _ rightFound: UInt64,
        _ rightCount: Int, found: Int
    ) -> Double {
        var swapped = 0
        var (leftRest, rightRest) = (leftFound, rightFound)
        while leftRest != 0, rightRest != 0 {
            if left[leftRest.trailingZeroBitCount] != right[rightRest.trailingZeroBitCount] { swapped += 1 }
            leftRest &= leftRest - 1
            rightRest &= rightRest - 1
        }
        let count = Double(found)
        let transpositions = Double(swapped / 2)
        return (count / Double(leftCount) + count / Double(rightCount) + (count - transpositions) / count) / 3
    }
}
