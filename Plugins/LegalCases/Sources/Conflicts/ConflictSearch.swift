internal import PluginAPI

/// Looks for parties of other cases whose names are close.
extension Reading where Self: ~Copyable {
    /// The parties of other cases that may be one and the same as a party of a case, the closest in front.
    borrowing func conflicts(of matter: Int) throws(StoreError) -> [ConflictHit] {
        var hits: [ConflictHit] = []
        for party in try parties(of: matter) {
            let name = PartyName(party.name)
            for other in try candidates(for: name, outside: matter) {
                let similarity = name.similarity(PartyName(other.name))
                guard similarity >= PartyName.threshold else { continue }
                hits.append(
                    ConflictHit(
                        party: party.name, role: party.role, otherParty: other.name, otherRole: other.role,
                        otherCase: other.matter, otherNumber: other.number,
                        similarity: (similarity * 1000).rounded() / 1000,
                        isAdverse: (party.role == .client) != (other.role == .client)))
            }
        }
        // Every one of them was looked at; more than so many nobody reads.
        return Array(hits.sorted { ($0.similarity, $1.otherCase) > ($1.similarity, $0.otherCase) }.prefix(200))
    }

    /// Parties that share a word or a sound with a name, those that share most in front.
    private borrowing func candidates(for name: PartyName, outside matter: Int) throws(StoreError) -> [Candidate] {
        try all(
            """
            SELECT p.name, p.role, p.matter_id, m.number FROM legalcases_party_word w
            JOIN legalcases_party p ON p.id = w.party_id JOIN legalcases_matter m ON m.id = p.matter_id
            WHERE w.word IN \(SQL.list(name.keys)) AND p.matter_id <> \(matter)
            GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT 2000
            """)
    }
}

/// A party of another case.
private struct Candidate: Record {
    let name: String
    let role: PartyRole
    let matter: Int
    let number: String

    init(row: borrowing Row) throws(StoreError) {
        name = try row.get("name")
        role = try row.get("role")
        matter = try row.get("matter_id")
        number = try row.get("number")
    }
}
