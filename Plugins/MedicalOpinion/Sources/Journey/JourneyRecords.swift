internal import PluginAPI

/// A week in which a customer did something.
struct ActiveWeek: Described, Equatable {
    /// Its number: days since 1970-01-01 by seven.
    let week: Int
    /// A bit for each day of it on which they did.
    var days: Int

    static let schema = Schema<ActiveWeek>.object(
        ActiveWeek.init(week:days:), Field("week", \.week, .tally), Field("days", \.days, .int(0...127)))
}

/// A customer's cases, as far as journeys go.
struct CaseRecord: Described, Equatable {
    var submitted = 0
    var completed = 0
    var cancelled = 0
    var firstAt: Instant?
    var lastAt: Instant?
    /// How many cases there were of each specialty.
    var specialties: [String: Int] = [:]
    /// The last ten ratings, the latest at the end.
    var ratings: [Int] = []

    /// Those that are neither completed nor cancelled.
    var active: Int { max(0, submitted - completed - cancelled) }

    static let schema = Schema<CaseRecord>.object(
        CaseRecord.init(submitted:completed:cancelled:firstAt:lastAt:specialties:ratings:),
        Field("submitted", \.submitted, .tally), Field("completed", \.completed, .tally),
        Field("cancelled", \.cancelled, .tally), Field("firstAt", \.firstAt, .optional(Instant.schema)),
        Field("lastAt", \.lastAt, .optional(Instant.schema)), Field("specialties", \.specialties, .map(.tally)),
        Field("ratings", \.ratings, .list(.int(1...5))))
}

/// What a customer has paid, in minor units by currency, and their plan.
struct MoneyRecord: Described, Equatable {
    var paid: [String: Int] = [:]
    /// Payments that were no refunds.
    var payments = 0
    var plan = Plan.free

    static let schema = Schema<MoneyRecord>.object(
        MoneyRecord.init(paid:payments:plan:), Field("paid", \.paid, .map(.tally)),
        Field("payments", \.payments, .tally), Field("plan", \.plan, Plan.schema))

    /// The currency in which most was paid; of two alike the first by name.
    var currency: String? { paid.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }

    /// What was paid in it, in major units; nothing when nothing was.
    var lifetimeValue: Double {
        guard let currency, let minor = paid[currency] else { return 0 }
        return Double(minor) / Double(Self.minorUnits(of: currency))
    }

    /// ISO 4217: a hundred in most currencies.
    static func minorUnits(of currency: String) -> Int {
        switch currency {
        case "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF",
            "XPF":
            1
        case "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND": 1000
        default: 100
        }
    }
}

/// What a customer said of themselves.
struct PersonaRecord: Described, Equatable {
    /// Which persona they say they are.
    var chosen: String?
    var isOff = false
    /// The latest answers by the names of their questions.
    var answers: [String: String] = [:]
    var changedAt: Instant?

    static let schema = Schema<PersonaRecord>.object(
        PersonaRecord.init(chosen:isOff:answers:changedAt:), Field("chosen", \.chosen, .optional(.string(1...64))),
        Field("isOff", \.isOff, .bool), Field("answers", \.answers, .map(.string(0...64))),
        Field("changedAt", \.changedAt, .optional(Instant.schema)))
}

/// The engagement score at the end of a day.
struct DayScore: Described, Equatable {
    /// Days since 1970-01-01.
    let day: Int
    let score: Int

    static let schema = Schema<DayScore>.object(
        DayScore.init(day:score:), Field("day", \.day, .tally), Field("score", \.score, .int(0...100)))
}
