import StoreAPI
import Testing

@Suite struct `SQL text` {
    @Test func `binds what is interpolated and never writes it`() {
        let name = "O'Brien; DROP TABLE x"
        let sql: SQL = "SELECT * FROM person WHERE name = \(name) AND age > \(41)"
        #expect(sql.text == "SELECT * FROM person WHERE name = ? AND age > ?")
        #expect(sql.arguments == [.text(name), .integer(41)])
    }

    @Test func `takes fragments with their arguments in order`() {
        let condition: SQL = "age > \(41)"
        let sql: SQL = "SELECT 1 WHERE name = \("Ann") AND \(condition) AND city = \("Ulm")"
        #expect(sql.text == "SELECT 1 WHERE name = ? AND age > ? AND city = ?")
        #expect(sql.arguments == [.text("Ann"), .integer(41), .text("Ulm")])
    }

    @Test func `joins fragments`() {
        let sql = SQL.joined(["a = \(1)", "b = \(2)"], by: " AND ")
        #expect(sql.text == "a = ? AND b = ?")
        #expect(sql.arguments == [.integer(1), .integer(2)])
        #expect((sql + "ORDER BY a").text == "a = ? AND b = ? ORDER BY a")
    }

    @Test func `an empty list matches nothing`() {
        #expect(SQL.list([Int]()).text == "(NULL)")
        #expect(SQL.list([1, 2, 3]).text == "(?, ?, ?)")
    }

    @Test func `an absent value is null`() {
        let nothing: String? = nil
        let sql: SQL = "SELECT \(nothing)"
        #expect(sql.arguments == [.null])
    }
}

@Suite struct `Column values` {
    @Test func `convert only to their own kind`() {
        #expect(String(sqlValue: .integer(1)) == nil)
        #expect(Int(sqlValue: .text("1")) == nil)
        #expect(Bool(sqlValue: .integer(2)) == nil)
        #expect(Bool(sqlValue: .integer(1)) == true)
        #expect(Double(sqlValue: .integer(3)) == 3)
        #expect(Int?(sqlValue: .null) == .some(.none))
        #expect(Int?(sqlValue: .text("x")) == nil)
    }

    @Test func `a sealed value never prints itself`() {
        struct Secret: Sealable {
            static let sealTag = "secret"
            var sealedBytes: [UInt8] { [1, 2, 3] }
            init?(sealedBytes: [UInt8]) {}
        }
        guard let secret = Secret(sealedBytes: []) else { return #expect(Bool(false)) }
        #expect("\(Sealed(secret))" == "<sealed>")
        #expect(Sealed(secret).sqlValue == .sealed(tag: "secret", plain: [1, 2, 3]))
        #expect(Sealed<Secret>?.columnSeal == "secret")
    }
}
