internal import PluginAPI

extension MedicalOpinion {
    /// Keeps what the service knows of a person from now on; who is a customer already stays as they are.
    func enrolCustomer(_ person: PersonID, _ tx: borrowing Transaction) throws {
        let isNew = try tx.run(
            """
            INSERT INTO medicalopinion_customer (person_id, created_at, updated_at)
            VALUES (\(person), \(tx.now.microseconds), \(tx.now.microseconds)) ON CONFLICT (person_id) DO NOTHING
            """)
        guard isNew > 0 else { return }
        try lifecycle.record(LifecycleEvent(.profileCreated), of: person, at: tx.now, in: tx)
        try acceptReferral(of: person, tx)
    }
}
