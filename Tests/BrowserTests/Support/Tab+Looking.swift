import PluginAPI
import Testing

extension Tab {
    /// Looks at a page on a phone and on a desk, by day and by night.
    ///
    /// - Parameter isOpen: whether `show` can be done only once: then the same page is looked at each time.
    func look(
        at name: String, isOpen: Bool = false, _ show: () async throws -> Void
    ) async throws {
        for (number, (width, height, isPhone, isDark)) in [
            (Int64(360), Int64(740), true, false), (360, 740, true, true), (1280, 800, false, false),
            (1280, 800, false, true),
        ].enumerated() {
            try await look(width: width, height: height, isPhone: isPhone, isDark: isDark)
            if !isOpen || number == 0 { try await show() }
            let overflow = try await value(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth")
            #expect(overflow == 0, "\(name) is wider than \(width)")
            let small = try await value(
                """
                [...document.querySelectorAll('button, input:not([type=hidden]):not([type=checkbox]), label.box')]
                  .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)
                """)
            #expect(small == [], "\(name): too small to touch")
            for control in try await controls() { #expect(!control.name.isEmpty, "\(name): \(control.role)") }
            try await picture("\(name)-\(isPhone ? "phone" : "desk")-\(isDark ? "dark" : "light")")
        }
    }
}
