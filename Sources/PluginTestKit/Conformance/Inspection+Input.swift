import PluginAPI

extension Inspection {
    /// What wrong input is answered with, for somebody who may use the route.
    mutating func inspectInput(_ route: RouteDeclaration) async throws {
        let name = Self.name(route)
        let (method, path) = (route.method.rawValue, SampleInput.path(of: route))
        let caller = try await caller(of: route)
        let tried =
            route.isForm
            ? await portal.send(method, path, form: SampleInput.form(of: route), as: caller)
            : await portal.send(method, path, SampleInput.body(of: route), as: caller)
        expect(tried.status != 401 && tried.code != "INSUFFICIENT_PERMISSIONS", name, "whoever may is let in", tried)
        for field in route.fields where field.place == .query {
            guard let wrong = SampleInput.wrongText(for: field.schema) else { continue }
            let query = SampleInput.query(of: route, replacing: field.name, with: wrong)
            let answer = await portal.send(method, SampleInput.path(of: route, query: query), as: caller)
            expect(
                answer.status == 400 && isInDialect(answer), name, "\(field.name)=\(wrong) gets 400", answer)
        }
        if route.isForm { await inspectForm(route, path, caller) }
        guard route.hasBody else { return }
        for (body, what) in Self.noJSON {
            let answer = await portal.send(method, path, bytes: Array(body.utf8), as: caller)
            expect(answer.status == 400 && isInDialect(answer), name, "\(what) gets 400", answer)
        }
        let brackets = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
        let deep = await portal.send(method, path, bytes: brackets, as: caller)
        expect(deep.status == 400 && isInDialect(deep), name, "a million brackets get 400", deep)
        let typed = await portal.send(
            method, path, bytes: Array("a=b".utf8), as: caller,
            headers: ["Content-Type": "application/x-www-form-urlencoded"])
        expect(typed.status == 415 && isInDialect(typed), name, "a form gets 415", typed)
        for (body, what) in SampleInput.wrongBodies(of: route) {
            let answer = await portal.send(method, path, body, as: caller)
            expect(answer.status == 400 && isInDialect(answer), name, "\(what) gets 400", answer)
        }
    }

    /// What forms that are none, or wrong, are answered with.
    private mutating func inspectForm(_ route: RouteDeclaration, _ path: String, _ caller: Caller) async {
        let name = Self.name(route)
        let method = route.method.rawValue
        let json = await portal.send(method, path, ["a": 1], as: caller)
        expect(json.status == 415 && isInDialect(json), name, "JSON gets 415", json)
        let form = ["Content-Type": FormText.contentType]
        for (body, what) in [("", "nothing"), ("hello", "no form"), ("--\(FormText.boundary)\r\n", "half a form")] {
            let answer = await portal.send(method, path, bytes: Array(body.utf8), as: caller, headers: form)
            // An object that is not there is missed before the form is read.
            let isRefused = answer.status == 400 || answer.status == 404 && route.checksSubject
            expect(isRefused && isInDialect(answer), name, "\(what) gets 400", answer)
        }
        for (parts, what) in SampleInput.wrongForms(of: route) {
            let answer = await portal.send(method, path, form: parts, as: caller)
            // A handler that takes files as they come finds its object before it has the fields.
            let isRefused = answer.status == 400 || answer.status == 404 && !route.pathParameters.isEmpty
            expect(isRefused && isInDialect(answer), name, "\(what) gets 400", answer)
        }
    }

    private static let noJSON = [
        ("{", "half an object"), ("[]", "an array"), ("null", "null"), ("\"text\"", "a text"),
        ("{\"a\":1,\"a\":2}", "a name twice"),
    ]

    /// Whether an error is told as the plugin's dialect tells it (contract §1).
    func isInDialect(_ answer: Answer) -> Bool {
        let error = answer.body["error"]
        switch plugin.dialect {
        case .envelope:
            return answer.body["success"] == false && error?["code"]?.string != nil
                && error?["requestId"]?.string != nil
        case .clinic: return error?["code"]?.string != nil && error?["requestId"]?.string != nil
        case .bare: return error?["code"]?.string.map { $0 == $0.lowercased() } ?? false
        case .status: return answer.body["status"] == "error" && answer.body["code"]?.string != nil
        case .problem:
            return answer.body["status"] == .integer(Int64(answer.status)) && answer.body["code"]?.string != nil
        }
    }
}
