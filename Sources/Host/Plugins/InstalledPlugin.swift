import PluginAPI

/// A plugin instance of one tenant with its type erased. No caller ever asks for the type again.
protocol InstalledPlugin: AnyObject, Sendable {
    /// Decodes a route's input and binds it, and the instance, to the handler.
    ///
    /// - Throws: ``Invalid`` with every mistake.
    func prepare(route: Int, _ input: RequestInput) throws(Invalid) -> Prepared
    /// Bytes that a file of a route's form may have, when that is a setting of the tenant.
    func fileLimit(route: Int) -> Int?
    /// Makes a page's content.
    func render(page: Int, _ input: RequestInput, _ tx: borrowing ReadTransaction, _ context: CallContext) throws
        -> PageAnswer
    /// Writes the account of a sign-in's answer.
    func describe(
        signIn: Int, _ signedIn: SignedIn, _ tx: borrowing ReadTransaction, _ writer: inout JSONWriter) throws
    /// Makes the plugin's record of somebody who signs in for the first time.
    func enrol(signIn: Int, _ person: PersonID, _ tx: borrowing Transaction) throws
    /// Runs a job.
    func run(job: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws
    /// When a repeating job is next due; nil for jobs that are asked for.
    func rule(ofJob job: Int) -> Rule?
    /// Runs a long job.
    ///
    /// - Returns: its result as JSON text.
    func run(longJob: Int, _ payload: JSONDocument, _ run: LongRun) async throws -> [UInt8]
    /// Hands an event to a listener.
    func deliver(listener: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws
    /// An event of a topic as it goes on the wire; nil when this one is not told of.
    func live(topic: Int, event: Int, _ payload: JSONDocument) throws -> LiveData?
    /// The `data` of an event that other people's servers are told of; nil when nobody is told of this one.
    func webhook(_ number: Int, _ payload: JSONDocument) throws -> [UInt8]?
    /// Whether somebody may use a file that is attached to a subject of a kind, by the kind's place in the manifest.
    func allows(files kind: Int, _ use: FileUse, _ tx: borrowing ReadTransaction) throws -> Bool
    /// Long work while the tenant is open.
    func run() async throws
    /// Loads what the demo shows.
    func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws
}

/// A plugin instance of one tenant, with the type that erases it.
final class Installed<P: Plugin>: InstalledPlugin {
    private let plugin: P
    private let manifest: Manifest<P>

    init(_ plugin: P, _ manifest: Manifest<P>) {
        self.plugin = plugin
        self.manifest = manifest
    }

    func prepare(route: Int, _ input: RequestInput) throws(Invalid) -> Prepared {
        try manifest.routes[route].prepare(plugin, input)
    }

    func fileLimit(route: Int) -> Int? { manifest.routes[route].fileLimit?(plugin) }

    func render(page: Int, _ input: RequestInput, _ tx: borrowing ReadTransaction, _ context: CallContext) throws
        -> PageAnswer
    {
        try manifest.pages[page].render(plugin, input, tx, context)
    }

    func describe(
        signIn: Int, _ signedIn: SignedIn, _ tx: borrowing ReadTransaction, _ writer: inout JSONWriter
    ) throws {
        try manifest.signIns[signIn].describe(plugin, signedIn, tx, &writer)
    }

    func enrol(signIn: Int, _ person: PersonID, _ tx: borrowing Transaction) throws {
        try manifest.signIns[signIn].enrol(plugin, person, tx)
    }

    func run(job: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try manifest.jobs[job].work(plugin, payload, tx, context)
    }

    func run(longJob: Int, _ payload: JSONDocument, _ run: LongRun) async throws -> [UInt8] {
        try await manifest.longJobs[longJob].work(plugin, payload, run)
    }

    func rule(ofJob job: Int) -> Rule? { manifest.jobs[job].rule?(plugin) }

    func deliver(listener: Int, _ payload: JSONDocument, _ tx: borrowing Transaction, _ context: WorkContext) throws {
        try manifest.listeners[listener].deliver(plugin, payload, tx, context)
    }

    func live(topic: Int, event: Int, _ payload: JSONDocument) throws -> LiveData? {
        try manifest.topics[topic].events[event].write(plugin, payload)
    }

    func webhook(_ number: Int, _ payload: JSONDocument) throws -> [UInt8]? {
        try manifest.webhooks[number].write(plugin, payload)
    }

    func allows(files kind: Int, _ use: FileUse, _ tx: borrowing ReadTransaction) throws -> Bool {
        try manifest.files[kind].allows(plugin, use, tx)
    }

    func run() async throws { try await plugin.run() }

    func loadDemo(_ data: JSON, _ tx: borrowing Transaction) throws { try plugin.loadDemo(data, tx) }
}
