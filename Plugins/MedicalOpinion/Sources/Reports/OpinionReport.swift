internal import Documents
internal import PluginAPI

/// What became of the cases of a time, and how soon. Of erased customers there are only numbers, and they count.
struct OpinionReport: Described {
    let from: Day
    let to: Day
    let submitted: Int
    let byStatus: [String: Int]
    let withdrawn: Int
    let declined: Int
    let cancelled: Int
    let all: ReportLine
    let specialties: [ReportLine]
    let professionals: [ReportLine]

    static let schema = Schema<OpinionReport>.object(
        OpinionReport.init(
            from:to:submitted:byStatus:withdrawn:declined:cancelled:all:specialties:professionals:),
        Field("from", \.from, Day.schema), Field("to", \.to, Day.schema),
        Field("submitted", \.submitted, .tally, note: "Cases that were sent in the time"),
        Field("byStatus", \.byStatus, .map(.tally), note: "Where those stand now"),
        Field("withdrawn", \.withdrawn, .tally, note: "Of those, by their customers"),
        Field("declined", \.declined, .tally), Field("cancelled", \.cancelled, .tally),
        Field("all", \.all, ReportLine.schema, note: "The opinions that were delivered in the time"),
        Field("specialties", \.specialties, .list(ReportLine.schema)),
        Field("professionals", \.professionals, .list(ReportLine.schema)))
}

extension OpinionReport {
    /// As a table for spreadsheets: a line for each group, then one for each status.
    var csv: [UInt8] {
        var writer = CSVWriter(marksEncoding: true)
        writer.row([
            "group", "name", "cases", "median_minutes", "p90_minutes", "within_time", "rated", "mean_rating",
        ])
        func add(_ group: String, _ line: ReportLine) {
            writer.row([
                group, line.name, "\(line.delivered)", line.medianMinutes.map { "\($0)" } ?? "",
                line.p90Minutes.map { "\($0)" } ?? "", line.withinTime.map { "\($0)" } ?? "", "\(line.rated)",
                line.meanRating.map { "\($0)" } ?? "",
            ])
        }
        add("delivered", all)
        for line in specialties { add("specialty", line) }
        for line in professionals { add("professional", line) }
        for (status, count) in byStatus.sorted(by: { $0.key < $1.key }) {
            writer.row(["status", status, "\(count)", "", "", "", "", ""])
        }
        for (outcome, count) in [("withdrawn", withdrawn), ("declined", declined), ("cancelled", cancelled)] {
            writer.row(["outcome", outcome, "\(count)", "", "", "", "", ""])
        }
        return writer.bytes
    }
}

/// Which days a report is about.
struct ReportAsked: Described {
    let from: Day?
    let to: Day?

    static let schema = Schema<ReportAsked>.object(
        ReportAsked.init(from:to:),
        Field("from", \.from, .optional(Day.schema), in: .query, note: "29 days before the last, if left out"),
        Field("to", \.to, .optional(Day.schema), in: .query, note: "The last day; today, if left out"))

    /// The longest time of a report, in days.
    static let longest = 366

    /// The first day and the last one, of the tenant's calendar.
    ///
    /// - Throws: ``Problem`` when they run backwards or are too many.
    func days(today: Day) throws(Problem) -> (first: Day, last: Day) {
        let last = to ?? from.map { max($0, today) } ?? today
        let first = from ?? last - 29
        guard first <= last, last - first < Self.longest else {
            throw .invalid("to", .range, "must be from or later, by \(Self.longest - 1) days at most")
        }
        return (first, last)
    }
}
