import Crypto
import PluginAPI
import Testing

@testable import Host

@Suite struct `A sign-in in its seed's words` {
    /// The answer with its tokens, id and moment replaced by their names.
    private func shown(_ answer: WebAnswer, _ access: String, _ refresh: String, id: String) -> String {
        var text = answer.text
        for (value, name) in [
            (answer.data[access]?.string, "ACCESS"), (answer.data[refresh]?.string, "REFRESH"), (id, "ID"),
            (answer.json["meta"]?["timestamp"]?.string, "NOW"), (answer.json["meta"]?["requestId"]?.string, "REQ"),
        ] {
            guard let value, !value.isEmpty else { continue }
            text = text.replacing(value, with: name)
        }
        return text
    }

    private func claims(_ token: String?) throws -> JSON {
        let part = try #require(token).split(separator: ".")[1]
        return try JSONDocument(try #require(Base64URL.decode(String(part)))).root.tree
    }

    @Test func `seed 000: the envelope`() async throws {
        try await withLobbies { portal in
            let answer = try await portal.post(
                "/v1/portal/auth/login",
                #"""
                {"email":"Jane@lobby.example","password":"Right#Passage-1","rememberMe":true,
                 "deviceInfo":{"userAgent":"Mozilla/5.0","platform":"web","deviceId":"d-1","more":[1]}}
                """#)
            #expect(
                shown(answer, "accessToken", "refreshToken", id: try await portal.id(of: "jane")).hasPrefix(
                    #"""
                    {"success":true,"data":{"accessToken":"ACCESS","refreshToken":"REFRESH","expiresIn":900,\#
                    "tokenType":"Bearer","customer":{"id":"ID","email":"jane@lobby.example","firstName":"jane"}},\#
                    "meta":{
                    """#), "\(answer.text)")
            #expect(answer.field("cache-control") == "no-store")
            #expect(answer.field("set-cookie") == nil, "the device has a name of its own")
            let renewed = try await portal.post(
                "/v1/portal/auth/refresh", #"{"refreshToken":"\#(answer.data["refreshToken"]?.string ?? "")"}"#)
            #expect(
                shown(renewed, "accessToken", "refreshToken", id: "").hasPrefix(
                    #"""
                    {"success":true,"data":{"accessToken":"ACCESS","refreshToken":"REFRESH","expiresIn":900,\#
                    "tokenType":"Bearer"},"meta":{
                    """#))
            let out = try await portal.post(
                "/v1/portal/auth/logout",
                #"{"refreshToken":"\#(renewed.data["refreshToken"]?.string ?? "")","allDevices":false}"#)
            #expect(out.status == 204)
        }
    }

    @Test func `seed 002: the clinic, with e-mail and practice in the token`() async throws {
        try await withLobbies { portal in
            let answer = try await portal.post(
                "/v1/auth/login", #"{"email":"east@lobby.example","password":"Right#Passage-1","mfaToken":null}"#)
            #expect(
                shown(answer, "accessToken", "refreshToken", id: try await portal.id(of: "east")) == #"""
                    {"accessToken":"ACCESS","refreshToken":"REFRESH","expiresIn":900,\#
                    "user":{"id":"ID","email":"east@lobby.example","firstName":"east"}}
                    """#)
            let claims = try claims(answer.json["accessToken"]?.string)
            #expect(claims["email"] == "east@lobby.example" && claims["practiceId"] == "brn_east")
            #expect(claims["role"] == "ADMIN" && claims["permissions"] == ["read:lobby"])
            let short = try await portal.post(
                "/v1/auth/login", #"{"email":"east@lobby.example","password":"short"}"#)
            #expect(short.status == 400 && short.json["error"]?["code"] == "VALIDATION_ERROR")
        }
    }

    @Test(arguments: ["/api/token/", "/api/token"])
    func `seed 003: the bare pair, with a slash at the end or without`(path: String) async throws {
        try await withLobbies { portal in
            let answer = try await portal.post(path, #"{"username":"jane","password":"Right#Passage-1"}"#)
            #expect(
                shown(answer, "access", "refresh", id: "-") == #"{"access":"ACCESS","refresh":"REFRESH"}"#)
            let renewed = try await portal.post(
                "/api/token/refresh/", #"{"refresh":"\#(answer.json["refresh"]?.string ?? "")"}"#)
            #expect(
                shown(renewed, "access", "refresh", id: "-") == #"{"access":"ACCESS","refresh":"REFRESH"}"#)
            let wrong = try await portal.post(path, #"{"username":"jane","password":"x"}"#)
            #expect(wrong.status == 401 && wrong.json["error"]?["code"] == "auth_token_invalid")
            let out = try await portal.post(
                "/api/token/logout/", #"{"refresh":"\#(renewed.json["refresh"]?.string ?? "")","all_devices":true}"#)
            #expect(out.status == 204)
        }
    }

    @Test func `seed 004: two ways in, an hour's token with the user's id`() async throws {
        try await withLobbies { portal in
            let body = { (name: String) in
                #"""
                {"username":"\#(name)","password":"Right#Passage-1",
                 "deviceInfo":{"deviceId":"d","platform":"web","browser":"x"}}
                """#
            }
            let admin = try await portal.post("/admin/login", body("admin"))
            let id = try await portal.id(of: "admin")
            #expect(
                shown(admin, "token", "refreshToken", id: id) == #"""
                    {"status":"success","data":{"token":"ACCESS","refreshToken":"REFRESH","adminId":"ID",\#
                    "username":"admin","role":"ADMIN","permissions":["read:lobby"],"expiresIn":3600}}
                    """#)
            #expect(try claims(admin.data["token"]?.string)["userId"] == .string(id))
            let rep = try await portal.post("/user/login", body("rep"))
            #expect(
                shown(rep, "token", "refreshToken", id: try await portal.id(of: "rep")) == #"""
                    {"status":"success","data":{"token":"ACCESS","refreshToken":"REFRESH","salesId":"ID",\#
                    "name":"Robin One","skillsScore":{"communication":80,"persuasion":70,"empathy":90},\#
                    "role":"SALES_REP","permissions":["read:lobby"],"expiresIn":3600}}
                    """#)
            let renewed = try await portal.post(
                "/user/refresh", #"{"refreshToken":"\#(rep.data["refreshToken"]?.string ?? "")"}"#)
            #expect(
                shown(renewed, "token", "refreshToken", id: "-")
                    == #"{"status":"success","data":{"token":"ACCESS","refreshToken":"REFRESH","expiresIn":3600}}"#)
        }
    }

    @Test func `at the wrong way in is a wrong password`() async throws {
        try await withLobbies { portal in
            let same = ["x-request-id: same"]
            func body(_ name: String, _ password: String) -> String {
                #"{"username":"\#(name)","password":"\#(password)"}"#
            }
            let role = try await portal.post("/admin/login", body("rep", "Right#Passage-1"), same)
            let password = try await portal.post("/admin/login", body("rep", "Wrong#Passage-1"), same)
            #expect(role.status == 401 && role.text == password.text)
        }
    }
}
