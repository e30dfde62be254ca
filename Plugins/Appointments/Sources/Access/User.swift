internal import PluginAPI

/// Somebody who works at the clinic, as the answer to their sign-in tells of them (seed 002 §1.2).
struct User: Described {
    let id: PersonID
    let email: Email?
    let firstName: String
    let lastName: String
    let role: String
    /// The branch in which the role holds; everywhere when it is missing.
    let practiceId: String?

    static let schema = Schema<User>.object(
        User.init(id:email:firstName:lastName:role:practiceId:), Field("id", \.id, PersonID.schema),
        Field("email", \.email, .optional(Email.schema)), Field("firstName", \.firstName, .string(0...100)),
        Field("lastName", \.lastName, .string(0...100)), Field("role", \.role, .string(1...40)),
        .leftOutWhenNil("practiceId", \.practiceId, .optional(.string(1...64)), note: "The branch"))
}

extension Appointments {
    /// The `user` of an answer to a sign-in at `/v1/auth/login`.
    func staffMember(_ signedIn: SignedIn, _ tx: borrowing ReadTransaction) throws -> User {
        guard let person = try tx.person(signedIn.person) else { throw Problem.notFound }
        return User(
            id: person.id, email: person.email, firstName: person.givenName, lastName: person.familyName,
            role: signedIn.role, practiceId: signedIn.branch)
    }
}
