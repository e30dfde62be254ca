internal import Documents
internal import PluginAPI

extension SalesTasks {
    /// `GET /admin/imports/{id}/rejects.csv`
    func rejectFile(_ named: Named, _ tx: borrowing ReadTransaction, _ call: Call<Member>) throws -> Content {
        guard let row = try tx.importRow(named.id) else { throw Problem.notFound }
        var writer = CSVWriter(marksEncoding: true)
        writer.row(row.header + ["rowNumber", "errors"])
        for rejected in try tx.rejects(of: row.id) {
            // A row that could not be read, or with other fields than the header, keeps its columns' places.
            let fields = (0..<row.header.count).map { rejected.fields.indices.contains($0) ? rejected.fields[$0] : "" }
            writer.row(fields + ["\(rejected.row)", rejected.errors.joined(separator: "; ")])
        }
        return Content(
            .bytes(writer.bytes), mediaType: "text/csv; charset=utf-8", fileName: "rejects-\(row.id).csv")
    }
}
