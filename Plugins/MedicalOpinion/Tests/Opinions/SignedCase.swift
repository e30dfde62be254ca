import PluginTestKit
import Testing

/// A portal with a case and the people around it.
struct SignedCase {
    let portal: Portal
    let patient: PersonID
    let expert: PersonID
    let desk: Caller
    let number: String

    var john: Caller { .person(patient) }
    var sarah: Caller { .person(expert) }
    var path: String { "/v1/portal/cases/\(number)" }
    var staffPath: String { "/v1/staff/cases/\(number)" }

    /// - Parameter isSigned: whether its opinion is signed already.
    static func made(in portal: Portal, isSigned: Bool = true) async throws -> SignedCase {
        let john = try await portal.person(
            givenName: "John", familyName: "Doe", email: "john@example.com", username: "john",
            password: "Right#Passage-1", roles: ["customer"])
        let desk = Caller.person(try await portal.person(email: "boss@example.com", roles: ["admin"]))
        let sarah = try await portal.person(
            givenName: "Sarah", familyName: "Johnson", email: "sarah@example.com", roles: ["expert"])
        await portal.send(
            "POST", "/v1/staff/professionals",
            [
                "personId": .string(sarah.rawValue), "title": "Interventional Cardiologist",
                "specialties": ["Cardiology"], "languages": ["en"],
            ], as: desk)
        let sent = await portal.send(
            "POST", "/v1/portal/cases",
            ["specialty": "Cardiology", "question": "Is surgery needed?", "description": "An MRI & <b>more</b>"],
            as: .person(john))
        let number = try #require(sent.body["data"]?["caseNumber"]?.string)
        let made = SignedCase(portal: portal, patient: john, expert: sarah, desk: desk, number: number)
        await portal.send(
            "POST", made.staffPath + "/assign", ["professionalId": .string(sarah.rawValue)], as: desk)
        if isSigned { try await made.sign() }
        return made
    }

    func sign(_ text: String = "No surgery.") async throws {
        let signed = await portal.send(
            "POST", staffPath + "/opinion",
            [
                "text": .string(text), "summary": "You need no operation.", "findings": "A stable plaque.",
                "recommendations": "Walk daily.",
            ], as: sarah)
        try #require(signed.status == 201, "\(signed.text)")
    }

    func add(_ text: String) async throws {
        let added = await portal.send("POST", staffPath + "/addenda", ["text": .string(text)], as: sarah)
        try #require(added.status == 201, "\(added.text)")
    }

    /// What was signed, with codes, in order.
    func versions() async throws -> [JSON] {
        let answer = await portal.send("GET", path + "/opinion/versions", as: john)
        try #require(answer.status == 200, "\(answer.text)")
        return answer.body["data"]?["versions"]?.elements ?? []
    }
}
