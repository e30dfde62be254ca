public import StoreAPI

extension Transaction {
    /// Asks for a long job of this plugin, once this commits.
    ///
    /// - Parameter person: for whom it is done, and who may look how it stands.
    public borrowing func start<Payload: Described, Output: Described>(
        _ job: LongJobName<Payload, Output>, _ payload: Payload, for person: PersonID?
    ) throws(StoreError) -> LongJobStatus<Output> {
        let id = LongJobID(rawValue: newID("job"))
        try backend.startLong(job.name, id: id, payload: Payload.schema.encode(payload), for: person)
        return LongJobStatus(
            id: id, state: .waiting, done: 0, total: 0, result: nil, error: nil, createdAt: now, finishedAt: nil)
    }

    /// Takes a long job back: one that waits is not begun, one that runs ends at its next report.
    public borrowing func cancel<Payload, Output>(_ job: LongJobName<Payload, Output>, _ id: LongJobID)
        throws(StoreError)
    {
        if let record = try backend.longJob(id), record.name == job.name { try backend.cancelLong(id) }
    }

    /// How a long job stands; nil when there is none, or it is another person's.
    public borrowing func status<Payload, Output>(
        of job: LongJobName<Payload, Output>, _ id: LongJobID, for person: PersonID?
    ) throws -> LongJobStatus<Output>? {
        try LongJobStatus(try backend.longJob(id), of: job, for: person)
    }
}

extension ReadTransaction {
    /// How a long job stands; nil when there is none, or it is another person's.
    public borrowing func status<Payload, Output>(
        of job: LongJobName<Payload, Output>, _ id: LongJobID, for person: PersonID?
    ) throws -> LongJobStatus<Output>? {
        try LongJobStatus(try source.longJob(id), of: job, for: person)
    }
}

extension LongJobStatus {
    fileprivate init?<Payload>(
        _ record: LongJobRecord?, of job: LongJobName<Payload, Output>, for person: PersonID?
    ) throws {
        guard let record, record.name == job.name, record.person == person else { return nil }
        self.init(
            id: record.id, state: record.state, done: record.done, total: record.total,
            result: try record.result.map { try Output.schema.decode(.json(try JSONDocument($0).root)) },
            error: record.error, createdAt: record.createdAt, finishedAt: record.finishedAt)
    }
}
