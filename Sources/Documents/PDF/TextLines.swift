/// Breaks text into lines of a width: at spaces, and inside a word only where it is wider than a line.
enum TextLines {
    static func broken(
        _ text: [Unicode.Scalar], _ typeface: PDFTypeface, size: Double, width: Double
    ) -> [[Unicode.Scalar]] {
        // In thousandths of the size.
        let most = Int(max(size, width) * 1000 / size)
        var lines: [[Unicode.Scalar]] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line: [Unicode.Scalar] = []
            var used = 0
            for word in paragraph.split(separator: " ") {
                let needed = word.reduce(0) { $0 + typeface.width($1) }
                let space = line.isEmpty ? 0 : typeface.width(" ")
                if !line.isEmpty, used + space + needed > most {
                    lines.append(line)
                    (line, used) = ([], 0)
                }
                if !line.isEmpty {
                    line.append(" ")
                    used += space
                }
                for scalar in word {
                    let width = typeface.width(scalar)
                    if used + width > most, !line.isEmpty {
                        lines.append(line)
                        (line, used) = ([], 0)
                    }
                    line.append(scalar)
                    used += width
                }
            }
            lines.append(line)
        }
        return lines
    }
}
