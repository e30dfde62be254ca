import FoundationEssentials
import Synchronization
import WebSocketClient

/// A page in a real browser, without a window. It is at an address that only this browser answers, with any origin, and
/// everything else it asks for goes over the network.
final class ChromiumPage: Sendable {
    private struct Line {
        let client: WebSocketClient
        var last = 0
    }

    private let child: ChildProcess
    private let profile: TemporaryFolder
    private let line: Mutex<Line>
    private let session: String

    /// Starts the browser and opens an empty page at `origin`.
    static func open(_ origin: String) async throws -> ChromiumPage {
        let profile = try TemporaryFolder()
        // It refuses its sandbox to root, as whom containers run; and a page that no server of this machine gave it is one
        // from elsewhere, which the browser would let at this machine only after asking somebody.
        let child = try ChildProcess(
            [
                "/usr/bin/env", "chromium", "--headless=new", "--no-sandbox", "--remote-debugging-port=0",
                "--user-data-dir=\(profile.path)/profile", "--no-first-run", "--disable-gpu",
                "--disable-features=LocalNetworkAccessChecks",
                "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--password-store=basic", "--lang=en", "about:blank",
            ], log: profile.path + "/log")
        let (port, path) = try await eventually("DevTools") {
            if child.poll() != nil { throw Failure("the browser ended: \(child.output)") }
            return child.output.firstMatch(of: #/ws:\/\/127\.0\.0\.1:(\d+)(\/\S+)/#).flatMap { match in
                UInt16(match.1).map { ($0, String(match.2)) }
            }
        }
        return try await onThread {
            let client = try WebSocketClient(port: port, path: path, host: "127.0.0.1:\(port)")
            guard client.status == 101 else { throw Failure("DevTools answer \(client.status)") }
            var line = Line(client: client)
            let target = try exchange("Target.createTarget", #"{"url": "about:blank"}"#, nil, &line)["targetId"]
            let attach = #"{"targetId": "\#(target.string ?? "")", "flatten": true}"#
            guard let session = try exchange("Target.attachToTarget", attach, nil, &line)["sessionId"].string else {
                throw Failure("there is no page")
            }
            _ = try exchange("Fetch.enable", #"{"patterns": [{"urlPattern": "\#(origin)/*"}]}"#, session, &line)
            _ = try exchange("Page.navigate", #"{"url": "\#(origin)/"}"#, session, &line)
            return ChromiumPage(child, profile, line, session)
        }
    }

    private init(_ child: ChildProcess, _ profile: TemporaryFolder, _ line: sending Line, _ session: String) {
        self.child = child
        self.profile = profile
        self.line = Mutex(line)
        self.session = session
    }

    /// Runs JavaScript in the page and waits for what its last expression promises.
    ///
    /// - Throws: ``Failure`` with what was thrown there.
    @discardableResult
    func run(_ script: String) async throws -> JSON {
        let quoted = String(decoding: try JSONEncoder().encode(script), as: UTF8.self)
        let answer = try await onThread { [self] in
            try line.withLock { line in
                try Self.exchange(
                    "Runtime.evaluate", #"{"expression": \#(quoted), "awaitPromise": true, "returnByValue": true}"#,
                    session, &line)
            }
        }
        if answer["exceptionDetails"] != .null {
            let thrown = answer["exceptionDetails"]
            throw Failure("\(thrown["exception"]["description"].string ?? "\(thrown)") in \(script.prefix(200))")
        }
        return answer["result"]["value"]
    }

    /// Sends a command and waits for its answer; what the page itself is asked for meanwhile is answered.
    private static func exchange(
        _ method: String, _ parameters: String, _ session: String?, _ line: inout Line
    ) throws -> JSON {
        line.last += 1
        let id = line.last
        try send(id, method, parameters, session, line)
        while true {
            let message: JSON
            switch line.client.receive() {
            case .text(let text): message = try JSON(Array(text.utf8))
            case .ping(let bytes):
                try line.client.send(Frame(Frame.pong, bytes))
                continue
            case let other: throw Failure("DevTools end: \(other)")
            }
            if message["method"] == "Fetch.requestPaused", let paused = message["params"]["requestId"].string {
                line.last += 1
                let page = #"[{"name": "Content-Type", "value": "text/html"}]"#
                try send(
                    line.last, "Fetch.fulfillRequest",
                    #"{"requestId": "\#(paused)", "responseCode": 200, "responseHeaders": \#(page), "body": ""}"#,
                    message["sessionId"].string, line)
            }
            guard message["id"].number == Double(id) else { continue }
            if message["error"] != .null { throw Failure("\(method): \(message["error"])") }
            return message["result"]
        }
    }

    private static func send(
        _ id: Int, _ method: String, _ parameters: String, _ session: String?, _ line: Line
    ) throws {
        let session = session.map { #", "sessionId": "\#($0)""# } ?? ""
        try line.client.send(.text(#"{"id": \#(id), "method": "\#(method)", "params": \#(parameters)\#(session)}"#))
    }
}
