import PluginAPI

/// A plugin instance of one tenant with its type erased. No caller ever asks for the type again.
protocol InstalledPlugin: AnyObject, Sendable {
    /// Decodes a route's input and binds it, and the instance, to the handler.
    ///
    /// - Throws: ``Invalid`` with every mistake.
    func prepare(route: Int, _ input: RequestInput) throws(Invalid) -> BoundCall
    /// Bytes that a file of a route's form may have, when that is a setting of the tenant.
    func fileLimit(route: Int) -> Int?
    /// Makes a page's content.
    func render(page: Int, _ input: RequestInput, _ tx: borrowing ReadTransaction, _ context: CallContext) throws
        -> HTML
    /// Writes the account of a sign-in's answer.
    func describe(
        signIn: Int, _ person: PersonID, _ tx: borrowing ReadTransaction, _ writer: inout JSONWriter) throws
    /// Makes the plugin's record of somebody who signs in for the first time.
    func enrol(signIn: Int, _ person: PersonID, _ tx: borrowing Transaction) throws
    /// Runs a job.
    func run(job: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws
    /// When a repeating job is next due; nil for jobs that are asked for.
    func rule(ofJob job: Int) -> Rule?
    /// Hands an event to a listener.
    func deliver(listener: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws
    /// Long work while the tenant is open.
    func run() async throws
    /// Loads what the demo shows.
    func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws
}

/// A route with its input decoded and its plugin bound.
struct BoundCall: Sendable {
    enum Work: Sendable {
        case reading(@Sendable (borrowing ReadTransaction, CallContext, inout JSONWriter) throws -> AnswerShape)
        case transactional(@Sendable (borrowing Transaction, CallContext, inout JSONWriter) throws -> AnswerShape)
        case asynchronous(@Sendable (ByteStream, CallContext) async throws -> (AnswerShape, [UInt8]))
        case receivingForm(@Sendable (any FormSource, CallContext) async throws -> (AnswerShape, [UInt8]))
    }

    let work: Work
    /// For each of the route's limits, the value of the field it counts by.
    let limitValues: [String?]
    /// Finds the object whose permission is checked before the handler runs.
    let subject: (@Sendable (borrowing ReadTransaction) throws -> Subject?)?
}

/// A plugin instance of one tenant, with the type that erases it.
final class Installed<P: Plugin>: InstalledPlugin {
    private let plugin: P
    private let manifest: Manifest<P>

    init(_ plugin: P, _ manifest: Manifest<P>) {
        self.plugin = plugin
        self.manifest = manifest
    }

    func prepare(route: Int, _ input: RequestInput) throws(Invalid) -> BoundCall {
        let prepared = try manifest.routes[route].prepare(input)
        let plugin = plugin
        let work: BoundCall.Work =
            switch prepared.work {
            case .reading(let run): .reading { tx, context, writer in try run(plugin, tx, context, &writer) }
            case .transactional(let run):
                .transactional { tx, context, writer in try run(plugin, tx, context, &writer) }
            case .asynchronous(let run): .asynchronous { body, context in try await run(plugin, body, context) }
            case .receivingForm(let run): .receivingForm { form, context in try await run(plugin, form, context) }
            }
        guard let subject = prepared.subject else {
            return BoundCall(work: work, limitValues: prepared.limitValues, subject: nil)
        }
        return BoundCall(work: work, limitValues: prepared.limitValues) { tx in try subject(plugin, tx) }
    }

    func fileLimit(route: Int) -> Int? { manifest.routes[route].fileLimit?(plugin) }

    func render(page: Int, _ input: RequestInput, _ tx: borrowing ReadTransaction, _ context: CallContext) throws
        -> HTML
    {
        try manifest.pages[page].render(plugin, input, tx, context)
    }

    func describe(
        signIn: Int, _ person: PersonID, _ tx: borrowing ReadTransaction, _ writer: inout JSONWriter
    ) throws {
        try manifest.signIns[signIn].describe(plugin, person, tx, &writer)
    }

    func enrol(signIn: Int, _ person: PersonID, _ tx: borrowing Transaction) throws {
        try manifest.signIns[signIn].enrol(plugin, person, tx)
    }

    func run(job: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try manifest.jobs[job].work(plugin, payload, tx, context)
    }

    func rule(ofJob job: Int) -> Rule? { manifest.jobs[job].rule?(plugin) }

    func deliver(listener: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try manifest.listeners[listener].deliver(plugin, payload, tx, context)
    }

    func run() async throws { try await plugin.run() }

    func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws { try plugin.loadDemo(data, tx) }
}
