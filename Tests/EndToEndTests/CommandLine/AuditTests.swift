import Glibc
import Testing

@Suite struct `portico audit verify` {
    /// Changes a copy of the data as somebody could who has the file, past its triggers, and says what is found.
    private static func tampered(_ place: DemoPlace, _ sql: String) async throws -> Command {
        let copy = try TemporaryFolder()
        let data = copy.path + "/data"
        let script = """
            import shutil, sqlite3, sys
            shutil.copytree(sys.argv[1], sys.argv[2], ignore=shutil.ignore_patterns("control.sock"))
            database = sqlite3.connect(sys.argv[2] + "/lumen/tenant.sqlite")
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'portico_audit%'").fetchall():
                database.execute(f"DROP TRIGGER {name}")
            database.executescript(sys.argv[3])
            database.commit()
            database.close()
            """
        let done = try await Command.run(["/usr/bin/python3", "-c", script, place.data, data, sql])
        guard done.ending == .exit(0) else { throw Failure(done.output) }
        return try await Command.portico("audit", "verify", "lumen", "--data", data, "--demo")
    }

    @Test func `says that a log is whole, and which entry is flipped, dropped, reordered or cut off`() async throws {
        let place = try DemoPlace()
        let demo = try await PorticoProcess.start(place)
        _ = try await demo.signIn("+15550100001")
        let open = try await Command.portico("audit", "verify", "lumen", "--data", place.data, "--demo")
        #expect(open.ending == .exit(1), "a host that runs has the data: \(open.output)")
        demo.signal(SIGTERM)
        #expect(try await demo.end() == .exit(0))
        let whole = try await Self.tampered(place, "")
        #expect(whole.ending == .exit(0) && whole.output.contains("lumen: whole, "), "\(whole.output)")

        let swap = """
            UPDATE portico_audit SET number = -1 WHERE number = 7; UPDATE portico_audit SET number = 7 WHERE number = 8;
            UPDATE portico_audit SET number = 8 WHERE number = -1;
            """
        let cut = "DELETE FROM portico_audit WHERE number > 6;"
        for (sql, found) in [
            // One bit of a moment, one letter of a name, the whole chain value.
            ("UPDATE portico_audit SET at = (at | 1) - (at & 1) WHERE number = 7", "entry 7 is not as it was written"),
            ("UPDATE portico_audit SET person_id = 'usr_x' WHERE number = 7", "entry 7 is not as it was written"),
            ("UPDATE portico_audit SET hash = zeroblob(32) WHERE number = 7", "entry 7 is not as it was written"),
            ("DELETE FROM portico_audit WHERE number = 7", "entry 7 is missing"),
            (
                "DELETE FROM portico_audit WHERE number = 7; UPDATE portico_audit SET number = -number WHERE number > 7; "
                    + "UPDATE portico_audit SET number = -number - 1 WHERE number < 0",
                "entry 7 is not as it was written"
            ),
            (swap, "entry 7 is not as it was written"), (cut, "does not end behind entry 6"),
            (
                cut
                    + "UPDATE portico_audit_end SET number = 6, hash = (SELECT hash FROM portico_audit WHERE number = 6)",
                "does not end behind entry 6"
            ),
        ] {
            let altered = try await Self.tampered(place, sql)
            #expect(altered.ending == .exit(1) && altered.output.contains(found), "\(sql): \(altered.output)")
        }
    }
}
