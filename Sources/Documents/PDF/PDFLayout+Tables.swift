extension PDFLayout {
    private static let cell = (size: 9.5, leading: 12.5, padding: 4.0)

    mutating func set(_ table: PDFTable) {
        guard !table.columns.isEmpty else { return }
        let total = table.columns.reduce(0) { $0 + $1.share }
        let widths = table.columns.map { width * $0.share / total }
        let titles = table.columns.map(\.title)
        let hasHeader = titles.contains { !$0.isEmpty }
        let header = hasHeader ? cells(titles, widths, isBold: true) : []
        // A header as high as half a page would leave no room for rows.
        let repeats = hasHeader && height(header) < room / 2
        if hasHeader {
            need(height(header) + Self.cell.leading + 2 * Self.cell.padding)
            draw(header, table, widths, isBold: true)
        }
        for row in table.rows {
            var rest = cells(row, widths, isBold: false)
            if top - height(rest) < bottom, height(rest) <= room - height(header) || linesThatFit() < 1 {
                startPage(repeats ? header : [], table, widths)
            }
            // What is higher than a page goes on upon the next.
            while top - height(rest) < bottom {
                let count = max(1, linesThatFit())
                draw(rest.map { Array($0.prefix(count)) }, table, widths, isBold: false)
                rest = rest.map { Array($0.dropFirst(count)) }
                startPage(repeats ? header : [], table, widths)
                if rest.allSatisfy(\.isEmpty) { break }
            }
            if !rest.allSatisfy(\.isEmpty) || row.allSatisfy(\.isEmpty) { draw(rest, table, widths, isBold: false) }
        }
        top -= 6
    }

    private mutating func startPage(_ header: [[[Unicode.Scalar]]], _ table: PDFTable, _ widths: [Double]) {
        newPage()
        if !header.isEmpty { draw(header, table, widths, isBold: true) }
    }

    private func linesThatFit() -> Int { Int((top - bottom - 2 * Self.cell.padding) / Self.cell.leading) }

    /// The lines of each cell.
    private func cells(_ texts: [String], _ widths: [Double], isBold: Bool) -> [[[Unicode.Scalar]]] {
        widths.enumerated().map { column, width in
            guard column < texts.count else { return [] }
            return lines(texts[column], Self.cell.size, isBold: isBold, width: width - 2 * Self.cell.padding)
        }
    }

    private func height(_ cells: [[[Unicode.Scalar]]]) -> Double {
        Double(max(1, cells.map(\.count).max() ?? 1)) * Self.cell.leading + 2 * Self.cell.padding
    }

    private mutating func draw(
        _ cells: [[[Unicode.Scalar]]], _ table: PDFTable, _ widths: [Double], isBold: Bool
    ) {
        var x = left
        for (column, lines) in cells.enumerated() {
            let style = PDFTextStyle(
                size: Self.cell.size, isBold: isBold, alignment: table.columns[column].alignment)
            for (at, line) in lines.enumerated() {
                drawLine(
                    line, style, x: x + Self.cell.padding, width: widths[column] - 2 * Self.cell.padding,
                    top: top - Self.cell.padding - Double(at) * Self.cell.leading)
            }
            x += widths[column]
        }
        top -= height(cells)
        draw("\(isBold ? "0.3" : "0.8") G 0.5 w \(n(left)) \(n(top)) m \(n(left + width)) \(n(top)) l S 0 G")
    }
}
