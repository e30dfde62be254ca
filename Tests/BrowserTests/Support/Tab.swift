import Crypto
import Glibc
import PluginAPI

/// A page in a browser, used as people use it: by keys and by touch.
struct Tab {
    let tools: DevTools
    let session: String
    /// Where the portal is.
    let origin: String

    /// Opens an empty one, in a context whose cookies are its own.
    init(_ tools: DevTools, origin: String, hasScripts: Bool = true) async throws {
        self.tools = tools
        self.origin = origin
        let context = try await tools.send("Target.createBrowserContext")["browserContextId"] ?? .null
        let target = try await tools.send(
            "Target.createTarget", ["url": "about:blank", "browserContextId": context])
        let attached = try await tools.send(
            "Target.attachToTarget", ["targetId": target["targetId"] ?? .null, "flatten": true])
        session = attached["sessionId"]?.string ?? ""
        for domain in ["Page", "DOM", "Accessibility"] { try await send("\(domain).enable") }
        if !hasScripts { try await send("Emulation.setScriptExecutionDisabled", ["value": true]) }
    }

    @discardableResult
    func send(_ method: String, _ parameters: JSON = [:]) async throws -> JSON {
        try await tools.send(method, parameters, session: session)
    }

    /// Opens an address of the portal.
    func open(_ path: String) async throws {
        try await loading { try await send("Page.navigate", ["url": .string(origin + path)]) }
    }

    /// Does something that leads to another page, and waits until that is there.
    func loading(_ body: () async throws -> Void) async throws {
        tools.forgetEvents()
        try await body()
        try await tools.event("Page.loadEventFired", session: session)
    }

    private func node(_ selector: String) async throws -> JSON {
        let root = try await send("DOM.getDocument")["root"]?["nodeId"] ?? .null
        let found = try await send("DOM.querySelector", ["nodeId": root, "selector": .string(selector)])
        guard let id = found["nodeId"], id != 0 else {
            throw DevTools.Failure(description: "no \(selector) on the page: \(try await text())")
        }
        return id
    }

    /// Types into a field.
    func type(_ text: String, into selector: String) async throws {
        try await send("DOM.focus", ["nodeId": try await node(selector)])
        try await write(text)
    }

    /// Types where the focus is.
    func write(_ text: String) async throws { try await send("Input.insertText", ["text": .string(text)]) }

    /// Presses a key and lets it go.
    func press(_ key: Key) async throws {
        for kind in ["keyDown", "keyUp"] {
            var event: JSON.Members = [
                "type": .string(kind), "key": .string(key == .space ? " " : key.name), "code": .string(key.name),
                "windowsVirtualKeyCode": .integer(key.code),
            ]
            if kind == "keyDown", let text = key.text { event["text"] = .string(text) }
            try await send("Input.dispatchKeyEvent", .object(event))
        }
    }

    /// Chooses what begins with a digit in a list, by the keyboard.
    func choose(_ digit: Int, in selector: String) async throws {
        try await send("DOM.focus", ["nodeId": try await node(selector)])
        for kind in ["keyDown", "keyUp"] {
            var event: JSON.Members = [
                "type": .string(kind), "key": .string("\(digit)"), "code": .string("Digit\(digit)"),
                "windowsVirtualKeyCode": .integer(Int64(48 + digit)),
            ]
            if kind == "keyDown" { event["text"] = .string("\(digit)") }
            try await send("Input.dispatchKeyEvent", .object(event))
        }
    }

    enum Key {
        case enter, tab, space
        var name: String {
            switch self {
            case .enter: "Enter"
            case .tab: "Tab"
            case .space: "Space"
            }
        }
        var code: Int64 {
            switch self {
            case .enter: 13
            case .tab: 9
            case .space: 32
            }
        }
        var text: String? {
            switch self {
            case .enter: "\r"
            case .tab: nil
            case .space: " "
            }
        }
    }

    /// Clicks in the middle of an element.
    func click(_ selector: String) async throws {
        let node = try await node(selector)
        try await send("DOM.scrollIntoViewIfNeeded", ["nodeId": node])
        let corners = try await send("DOM.getBoxModel", ["nodeId": node])["model"]?["content"]
        guard case .array(let numbers)? = corners, numbers.count == 8 else {
            throw DevTools.Failure(description: "\(selector) is nowhere on the page")
        }
        let points = numbers.map(\.double)
        for kind in ["mousePressed", "mouseReleased"] {
            try await send(
                "Input.dispatchMouseEvent",
                [
                    "type": .string(kind), "x": .number((points[0] + points[4]) / 2),
                    "y": .number((points[1] + points[5]) / 2), "button": "left", "clickCount": 1,
                ])
        }
    }

    /// What an expression of ours comes to; the page's own scripts may be off.
    func value(_ expression: String) async throws -> JSON {
        let answer = try await send(
            "Runtime.evaluate", ["expression": .string(expression), "returnByValue": true])
        if let fault = answer["exceptionDetails"] { throw DevTools.Failure(description: fault.text) }
        return answer["result"]?["value"] ?? .null
    }

    /// What stands on the page.
    func text() async throws -> String { try await value("document.body.innerText").string ?? "" }

    /// Path and query of the page.
    func path() async throws -> String { try await value("location.pathname + location.search").string ?? "" }

    /// Everything that can be used on the page, by role and name, as assistive programs are told.
    func controls() async throws -> [(role: String, name: String)] {
        let tree = try await send("Accessibility.getFullAXTree")
        guard case .array(let nodes)? = tree["nodes"] else { return [] }
        return nodes.compactMap { node in
            guard let role = node["role"]?["value"]?.string, ["textbox", "button", "checkbox", "link"].contains(role)
            else { return nil }
            return (role, node["name"]?["value"]?.string ?? "")
        }
    }

    /// Sets the window's size and the colours that the reader prefers.
    func look(width: Int64, height: Int64, isPhone: Bool, isDark: Bool) async throws {
        try await send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(width), "height": .integer(height), "deviceScaleFactor": isPhone ? 2 : 1,
                "mobile": .bool(isPhone),
            ])
        try await send(
            "Emulation.setEmulatedMedia",
            ["features": [["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]]])
    }

    /// Keeps a picture of the page, where the environment names a folder for such.
    func picture(_ name: String) async throws {
        guard let folder = getenv("PORTICO_PICTURES").map({ String(cString: $0) }) else { return }
        let answer = try await send("Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
        guard let bytes = answer["data"]?.string.flatMap({ Base64.decode($0) }) else { return }
        let descriptor = Glibc.open("\(folder)/\(name).png", O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    }
}

extension JSON {
    /// A number; 0 for every other kind.
    fileprivate var double: Double {
        switch self {
        case .integer(let number): Double(number)
        case .number(let number): number
        default: 0
        }
    }
}
