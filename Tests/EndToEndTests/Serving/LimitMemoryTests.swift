import Testing

/// In a process of its own, since others' tests take memory at the same time.
@Suite struct `The memory of limits` {
    @Test func `is that of the keys there is room for, not of those who came`() async throws {
        let program = try #require(Repository.program)
        let folder = program.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
        let run = try await Command.run([folder + "/limit-probe", "memory"])
        #expect(run.ending == .exit(0))
        let numbers = run.output.split { !$0.isNumber && $0 != "-" }.compactMap { Int($0) }
        try #require(numbers.count == 2, "\(run.output)")
        #expect((9000...10_000).contains(numbers[0]))
        // A million such keys take more than 300 MB.
        #expect(numbers[1] < 16_000_000)
    }
}
