import Glibc
import Testing

@Suite struct `portico audit verify` {
    /// Changes a database as somebody could who has the file, past its triggers.
    private static func tamper(_ place: DemoPlace, _ sql: String) async throws {
        let script = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'portico_audit'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            database.executescript(sys.argv[2])
            database.commit()
            """
        let done = try await Command.run(["/usr/bin/python3", "-c", script, place.data + "/lumen/tenant.sqlite", sql])
        guard done.ending == .exit(0) else { throw Failure(done.output) }
    }

    private static func verify(_ place: DemoPlace) async throws -> Command {
        try await Command.portico("audit", "verify", "lumen", "--data", place.data, "--demo")
    }

    @Test func `says that a log is whole, and which entry is not`() async throws {
        let place = try DemoPlace()
        let demo = try await PorticoProcess.start(place)
        _ = try await demo.signIn("+15550100001")
        let open = try await Self.verify(place)
        #expect(open.ending == .exit(1), "a host that runs has the data: \(open.output)")
        demo.signal(SIGTERM)
        #expect(try await demo.end() == .exit(0))
        let whole = try await Self.verify(place)
        #expect(whole.ending == .exit(0) && whole.output.contains("lumen: whole, "), "\(whole.output)")

        try await Self.tamper(place, "UPDATE portico_audit SET person_id = 'usr_x' WHERE number = 7")
        let altered = try await Self.verify(place)
        #expect(altered.ending == .exit(1) && altered.output.contains("entry 7 is not as it was written"))
        try await Self.tamper(place, "DELETE FROM portico_audit WHERE number = 7")
        #expect(try await Self.verify(place).output.contains("entry 7 is missing"))
        try await Self.tamper(place, "DELETE FROM portico_audit WHERE number > 6")
        #expect(try await Self.verify(place).output.contains("does not end behind entry 6"))
    }
}
