import Testing
import Time

@Suite struct `The zone database` {
    private func reason(_ name: String, in database: ZoneDatabase = .system) -> UnknownZone.Reason? {
        do throws(UnknownZone) {
            _ = try database.zone(named: name)
            return nil
        } catch {
            #expect(error.name == name)
            #expect(error.description.contains(name))
            return error.reason
        }
    }

    @Test(arguments: [
        "", "/", "/etc/passwd", "../zoneinfo/Europe/Oslo", "Europe/../Europe/Oslo", "Europe//Oslo", "Europe/Oslo/",
        "./UTC",
        "Europe/Oslo\0", "Europe\\Oslo", "Europe/Ósló", "tzdata.zi", "right/Europe/Oslo", "posix/Europe/Oslo", " UTC",
        String(repeating: "A", count: 129),
    ])
    func `refuses names it could not hold`(name: String) {
        #expect(reason(name) == .invalidName)
    }

    @Test(arguments: ["Europe/Atlantis", "Europe", "europe/oslo", "CEST", "leapseconds"])
    func `does not know what has no zone's file`(name: String) {
        #expect(reason(name) == .notFound)
    }

    @Test func `knows the system's names and version`() throws {
        let names = ZoneDatabase.system.names
        #expect(Set(["Europe/Oslo", "America/Argentina/Ushuaia", "Etc/GMT+12", "UTC"]).isSubset(of: names))
        #expect(names == names.sorted())
        #expect(!names.contains { $0.hasPrefix("right/") || $0.hasPrefix("posix") || $0 == "localtime" })
        let version = try #require(ZoneDatabase.system.version)
        #expect(version.wholeMatch(of: /20\d\d[a-z]+/) != nil)
        for name in names { #expect(try ZoneDatabase.system.zone(named: name).name == name) }
    }

    @Test func `searches its directories in order`() throws {
        let (first, second) = (try TemporaryFolder(), try TemporaryFolder())
        try first.write(TZifFile.footer("ONE-1").bytes, to: "Both")
        try second.write(TZifFile.footer("TWO-2").bytes, to: "Both")
        try second.write(TZifFile.footer("TWO-2").bytes, to: "Deep/Second")
        let database = ZoneDatabase(directories: [first.path, second.path, "/nonexistent"])
        #expect(try database.zone(named: "Both").offset(at: .epoch) == 3600)
        #expect(try database.zone(named: "Deep/Second").offset(at: .epoch) == 7200)
        #expect(database.names == ["Both", "Deep/Second"])
        #expect(database.version == nil)
    }

    @Test func `has UTC without any file`() throws {
        let database = ZoneDatabase(directories: [])
        #expect(try database.zone(named: "UTC") == .utc)
        #expect(database.names == [])
        #expect(reason("Europe/Oslo", in: database) == .notFound)
    }

    @Test func `finds its version in either file`() throws {
        let folder = try TemporaryFolder()
        let database = ZoneDatabase(directories: [folder.path])
        try folder.write(Array("2024a\n".utf8), to: "+VERSION")
        #expect(database.version == "2024a")
        try folder.write(Array("# version 2025b\n# more".utf8), to: "tzdata.zi")
        #expect(database.version == "2024a")
        database.reload()
        #expect(database.version == "2025b")
    }

    @Test func `sees new files after a reload, and leaves zones handed out as they were`() throws {
        let folder = try TemporaryFolder()
        let database = ZoneDatabase(directories: [folder.path])
        try folder.write(TZifFile.footer("OLD-1").bytes, to: "Here")
        let old = try database.zone(named: "Here")
        try folder.write(TZifFile.footer("NEW-2").bytes, to: "Here")
        try folder.write(TZifFile.footer("NEW-2").bytes, to: "There")
        #expect(try database.zone(named: "Here").abbreviation(at: .epoch) == "OLD")
        #expect(database.names == ["Here", "There"])
        database.reload()
        let new = try database.zone(named: "Here")
        #expect(new.abbreviation(at: .epoch) == "NEW")
        #expect(old.abbreviation(at: .epoch) == "OLD")
        #expect(old == new)
    }

    @Test func `leaves out what is no zone`() throws {
        let folder = try TemporaryFolder()
        for name in ["zone.tab", "posix/Here", "right/Here", "posixrules", "localtime", ".hidden", "Here"] {
            try folder.write(TZifFile.footer("ABC-1").bytes, to: name)
        }
        try folder.write(Array("not a zone".utf8), to: "Text")
        #expect(ZoneDatabase(directories: [folder.path]).names == ["Here"])
        #expect(reason("Text", in: ZoneDatabase(directories: [folder.path])) == .notFound)
    }

    @Test func `may be asked by many at once`() async throws {
        let folder = try TemporaryFolder()
        for index in 0..<20 { try folder.write(TZifFile.footer("ABC-\(index)").bytes, to: "Z\(index)") }
        let database = ZoneDatabase(directories: [folder.path])
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for round in 0..<200 {
                group.addTask { @concurrent in
                    if round % 50 == 0 { database.reload() }
                    let index = round % 20
                    return try database.zone(named: "Z\(index)").offset(at: .epoch) == index * 3600
                        && database.names.count == 20
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
