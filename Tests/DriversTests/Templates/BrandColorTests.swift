import PluginAPI
import Testing

@testable import Host

@Suite struct `A brand colour` {
    /// Contrasts by the WCAG's own formula, computed elsewhere.
    @Test(arguments: [
        ("#000000", 21.0), ("#ffffff", 1.0), ("#777777", 4.478), ("#767676", 4.542), ("#1f4e8c", 8.311),
        ("#ff0000", 3.998), ("#0000ff", 8.592), ("#010101", 20.873),
    ])
    func `has the contrast with white that the WCAG computes`(text: String, contrast: Double) throws {
        let found = try #require(BrandColor.contrastWithWhite(text))
        #expect(abs(found - contrast) < 0.01, "\(found)")
        #expect((BrandColor(text) != nil) == (contrast >= 4.5))
    }

    @Test(arguments: ["", "#fff", "1f4e8c", "#1f4e8g", "#+12345", "red", "#1f4e8c;x", "#1f4e8"])
    func `is six hexadecimal digits`(text: String) { #expect(BrandColor(text) == nil) }
}
