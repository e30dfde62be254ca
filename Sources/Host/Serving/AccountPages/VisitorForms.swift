import HTTPServer
import PluginAPI

/// The forms of a page for which nobody need be signed in: each carries a token of the browser's own, whose cookie is set
/// where there was none.
struct VisitorForms: Sendable {
    let call: HostCall
    private let known: DeviceCookie?
    private let device: DeviceCookie

    init(_ call: HostCall) {
        self.call = call
        known = call.device
        device = known ?? DeviceCookie.make()
    }

    /// The hidden field.
    var token: HTML { call.tokenField(for: .device(device.value)) }

    /// The page, with the browser's cookie where it is new.
    func answer(_ page: Response) -> Response {
        var page = page
        if known == nil { call.set(device, on: &page) }
        return page
    }
}

extension HTML {
    /// A hidden field; none for no value.
    static func hidden(_ name: String, _ value: String?) -> HTML {
        value.map { "<input type=\"hidden\" name=\"\(name)\" value=\"\($0)\">" } ?? ""
    }
}

extension Response {
    /// The same, telling when the next try is looked at.
    func retrying(after seconds: Int?) -> Response {
        var response = self
        if let seconds { response.headers.add("retry-after", seconds) }
        return response
    }
}
