import Glibc

/// What is fuzzed in this run, named by the environment.
private let target: FuzzTarget = {
    let name = getenv("PORTICO_FUZZ").map { String(cString: $0) } ?? ""
    guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
        fatalError("PORTICO_FUZZ is one of \(FuzzTarget.all.map(\.name).joined(separator: ", "))")
    }
    return target
}()

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.check(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

/// Something that takes bytes from outside, with what must be true of it whatever they are.
struct FuzzTarget: Sendable {
    let name: String
    /// Stops the program when something is not true.
    let check: @Sendable ([UInt8]) -> Void

    static let all = [
        FuzzTarget(name: "request", check: checkRequest), FuzzTarget(name: "chunks", check: checkChunks),
        FuzzTarget(name: "multipart", check: checkMultipart), FuzzTarget(name: "json", check: checkJSON),
        FuzzTarget(name: "percent", check: checkPercent), FuzzTarget(name: "negotiation", check: checkNegotiation),
        FuzzTarget(name: "tzif", check: checkTZif), FuzzTarget(name: "moments", check: checkMoments),
        FuzzTarget(name: "forms", check: checkForms), FuzzTarget(name: "forwarded", check: checkForwarded),
        FuzzTarget(name: "websocket", check: checkWebSocket), FuzzTarget(name: "address", check: checkAddress),
        FuzzTarget(name: "cookies", check: checkCookies), FuzzTarget(name: "response", check: checkResponse),
    ]
}

/// Stops the program, which is what a fuzzer looks for.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}
