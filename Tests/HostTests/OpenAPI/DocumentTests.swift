import PluginAPI
import Testing

@testable import Host

@Suite struct `The OpenAPI document` {
    private let document = everything().tree

    private func operation(_ method: String, _ path: String) -> JSON? { document["paths"]?[path]?[method] }

    private func names(_ json: JSON?) -> [String] { json?.members?.list.map(\.name) ?? [] }

    @Test func `has a sound structure`() {
        #expect(StructureCheck(document).faults == [])
        #expect(document["openapi"] == "3.1.0")
    }

    @Test func `is found unsound when it is`() {
        let broken: JSON = [
            "paths": [
                "/a/{id}": ["get": ["operationId": "x", "responses": ["200": ["$ref": "#/components/none"]]]],
                "/a/{key}": ["get": ["operationId": "x"]],
            ]
        ]
        #expect(StructureCheck(broken).faults.count >= 4)
    }

    @Test func `is the same every time`() {
        #expect(everything().json == everything().json)
        #expect((try? JSONDocument(everything().json))?.root.tree == document)
    }

    @Test func `says who may call`() {
        #expect(operation("get", "/visits")?["x-permission"] == "read:visits")
        #expect(operation("get", "/visits")?["security"] == [["BearerAuth": []]])
        #expect(operation("post", "/visits")?["x-permission"] == nil)
        #expect(operation("get", "/visits/a-b")?["security"] == [])
        #expect(operation("post", "/auth/refresh")?["security"] == [])
        #expect(operation("get", "/visits")?["description"]?.string?.contains("read:visits") == true)
    }

    @Test func `wraps answers as the dialect does`() {
        func schema(_ path: String) -> JSON? {
            operation("get", path)?["responses"]?["200"]?["content"]?["application/json"]?["schema"]
        }
        #expect(names(schema("/visits")?["properties"]) == ["data", "pagination"])
        #expect(schema("/visits")?["properties"]?["data"]?["items"] == ["$ref": "#/components/schemas/Visit"])
        #expect(schema("/visits/{id}") == ["$ref": "#/components/schemas/Visit"])
        #expect(schema("/halls/")?["items"] == ["$ref": "#/components/schemas/BareDeskRoom2"])
        #expect(operation("get", "/halls/")?["responses"]?["200"]?["headers"]?["Link"] != nil)
        let verify = { (dialect: String) in
            self.operation("post", "/\(dialect)/auth/verify")?["responses"]?["200"]?["content"]?["application/json"]?[
                "schema"]
        }
        #expect(names(verify("envelope")?["properties"]) == ["success", "data", "meta"])
        #expect(names(verify("status")?["properties"]) == ["status", "data"])
        #expect(verify("problem") == ["$ref": "#/components/schemas/ProblemDeskTokensGuest"])
    }

    @Test func `lists parameters, bodies and the idempotency key`() {
        guard case .array(let search)? = operation("get", "/visits")?["parameters"] else {
            Issue.record("no parameters")
            return
        }
        #expect(search.map { $0["name"]?.string } == ["from", "page", nil])
        #expect(search[0]["description"] == "The first day" && search[0]["required"] == nil)
        #expect(search[1]["schema"]?["default"] == 1)
        #expect(search[2] == ["$ref": "#/components/parameters/IfNoneMatch"])
        #expect(operation("post", "/visits")?["parameters"] == [["$ref": "#/components/parameters/IdempotencyKey"]])
        #expect(
            operation("post", "/visits")?["requestBody"]?["content"]?["application/json"]?["schema"]
                == ["$ref": "#/components/schemas/NewVisit"])
        #expect(operation("post", "/visits/photos")?["requestBody"]?["content"]?["*/*"] != nil)
        #expect(operation("post", "/visits/photos")?["parameters"] == nil)
    }

    @Test func `puts methods of one path together, whatever their parameters are called`() {
        #expect(names(document["paths"]?["/visits/{id}"]) == ["get", "delete"])
        #expect(document["paths"]?["/visits/{key}"] == nil)
    }

    @Test func `lists the errors of each operation`() {
        #expect(
            names(operation("post", "/visits")?["responses"])
                == ["201", "400", "401", "403", "409", "413", "415", "422", "429", "451", "500", "503", "default"])
        #expect(
            names(operation("get", "/visits/a-b")?["responses"])
                == ["200", "304", "400", "429", "500", "503", "default"])
        #expect(names(operation("delete", "/visits/{id}")?["responses"]).prefix(2) == ["204", "400"])
        let conflict = operation("post", "/visits")?["responses"]?["409"]?["content"]
        #expect(names(conflict?["application/json"]?["examples"]) == ["TIME_SLOT_CONFLICT", "RESOURCE_CONFLICT"])
        let value = conflict?["application/json"]?["examples"]?["TIME_SLOT_CONFLICT"]?["value"]
        #expect(value?["error"]?["details"]?["alternatives"] == ["09:00"])
        let details = conflict?["application/problem+json"]?["examples"]?["TIME_SLOT_CONFLICT"]?["value"]
        #expect(details?["alternatives"] == ["09:00"])
    }

    @Test func `gives every operation a name of its own`() {
        #expect(operation("get", "/visits/a-b")?["operationId"] == "visits_getVisitsAB")
        #expect(operation("get", "/visits/a/b")?["operationId"] == "visits_getVisitsAB_2")
        #expect(operation("get", "/visits/{id}/file")?["operationId"] == "visits_getVisitsByIdFile")
    }

    @Test func `tells apart what has the same name, also from what is not enabled`() {
        let schemas = document["components"]?["schemas"]
        #expect(schemas?["VisitsRoom"]?["properties"]?["name"] != nil)
        #expect(schemas?["BareDeskRoom2"]?["properties"]?["doors"] != nil)
        #expect(schemas?["Room"] == nil)
        #expect(schemas?["BareDeskMeta"]?["properties"]?["x"] != nil)
        #expect(schemas?["Meta"]?["properties"]?["requestId"] != nil)
        #expect(schemas?["BigHallsRoom"] == nil)
        #expect(document["paths"]?["/halls/"]?["get"]?["tags"] == ["bare-desk"])
        let few = everything(halls: false).tree
        #expect(StructureCheck(few).faults == [])
        #expect(few["paths"]?["/halls/"] == nil)
        #expect(few["components"]?["schemas"]?["VisitsRoom"] == schemas?["VisitsRoom"])
        #expect(few["components"]?["schemas"]?["Meta"] == nil)
    }

    @Test func `says the limits that hold`() {
        #expect(
            operation("post", "/visits")?["x-rate-limits"] == [
                ["per": "phone", "windows": [["count": 3, "seconds": 3600]]],
                ["per": "person", "windows": [["count": 100, "seconds": 60], ["count": 1000, "seconds": 86_400]]],
            ])
        #expect(
            operation("post", "/visits")?["description"]
                == "For anyone signed in. At most 3 in 1 hour per phone. At most 100 in 1 minute and 1000 in 1 day per person."
        )
    }
}
