import PluginAPI
import Testing

@testable import Host

@Suite struct `A message in words` {
    private static func renderer(
        _ texts: [TenantTemplates.Key: TenantTemplates.Text] = [:], language: Language = .english,
        branding: BrandingSettings = BrandingSettings(), isPrivate: Bool = false
    ) -> MessageRenderer {
        MessageRenderer(
            tenant: Tenant(
                slug: "lumen", name: "Lumen & Söhne", zone: .utc, language: language, origin: "https://lumen.example"),
            branding: branding, templates: TenantTemplates(texts: texts), isPrivate: isPrivate)
    }

    private static func key(_ channel: Channel, _ language: String) -> TenantTemplates.Key {
        .init(plugin: "chimes", notice: "rung", channel: channel, language: language)
    }

    private static func words(
        _ renderer: MessageRenderer, _ language: String?, _ channel: Channel, _ text: String = "ding"
    ) -> RenderedMessage {
        renderer.notice(
            Chimes.rung, of: "chimes", for: language.flatMap { Language($0) }, on: channel,
            ["text": text, "count": "2"])
    }

    @Test func `is the plugin's where the tenant has none of its own`() {
        let renderer = Self.renderer()
        #expect(Self.words(renderer, "de-AT", .sms) == .init(subject: "", body: "Es klingelte: ding"))
        #expect(Self.words(renderer, "fr", .push) == .init(subject: "Ring 2", body: "It rang: ding"))
        #expect(Self.words(renderer, nil, .email).subject == "Ring 2")
    }

    @Test func `is the tenant's own, in the person's language first`() throws {
        let renderer = Self.renderer(
            [
                Self.key(.sms, "de"): .init(body: "Kling! {text} – {portalName}, {portalLink}"),
                Self.key(.sms, "fr"): .init(body: "Dring : {text}"),
                Self.key(.email, "de"): .init(subject: "Kling {count}"),
            ], language: try #require(Language("fr")))
        #expect(
            Self.words(renderer, "de-CH", .sms).body == "Kling! ding – Lumen & Söhne, https://lumen.example/")
        // The tenant's language before English.
        #expect(Self.words(renderer, "pl", .sms).body == "Dring : ding")
        #expect(Self.words(renderer, "en", .sms).body == "It rang: ding")
        let mail = Self.words(renderer, "de", .email)
        #expect(mail.subject == "Kling 2" && mail.body == "Es klingelte: ding")
    }

    @Test func `is escaped as its channel needs it`() throws {
        let evil = "<script>alert('1')</script>\u{7} & {count} \r\nBcc: x"
        let renderer = Self.renderer([Self.key(.email, "en"): .init(subject: "About {text}", html: "<i>{text}</i>")])
        let mail = Self.words(renderer, "en", .email, evil)
        let html = try #require(mail.html)
        #expect(html.contains("<i>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;\u{7} &amp; {count} \r\nBcc: x</i>"))
        #expect(!html.contains("<script"))
        #expect(mail.subject == "About <script>alert('1')</script>  & {count} Bcc: x" || !mail.subject.contains("\n"))
        #expect(mail.subject.unicodeScalars.allSatisfy { $0.value >= 0x20 })
        #expect(mail.body == "It rang: <script>alert('1')</script> & {count} \nBcc: x")
        #expect(Self.words(renderer, "en", .sms, evil).body == mail.body)
        // The frame's own words are escaped as well.
        #expect(html.contains("Lumen &amp; Söhne") && !html.contains("Lumen & Söhne"))
    }

    @Test func `always has a text part, and HTML in the tenant's colours in mail alone`() throws {
        let branding = BrandingSettings(
            name: "Lumen Eye", primaryColor: try #require(BrandColor("#7A1F5C")), logoUrl: "/branding/logo.png")
        let renderer = Self.renderer(branding: branding)
        let mail = renderer.notice(
            Chimes.rung, of: "chimes", for: Language("de"), on: .email,
            ["text": "See https://lumen.example/a?b=c&d=e.\nLine\n\nNext", "count": "1"],
            unsubscribe: "https://lumen.example/u/1")
        #expect(mail.body.hasSuffix("\n\n-- \nAbbestellen: https://lumen.example/u/1\n"))
        let html = try #require(mail.html)
        for part in [
            "<html lang=\"de\">", "src=\"https://lumen.example/branding/logo.png\" alt=\"Lumen Eye\"", "#7a1f5c",
            "<a href=\"https://lumen.example/a?b=c&amp;d=e\">https://lumen.example/a?b=c&amp;d=e</a>.<br>Line</p>",
            "<p style=\"margin:0 0 16px 0\">Next</p>", "<a href=\"https://lumen.example/u/1\"", "Abbestellen",
        ] { #expect(html.contains(part), "\(part)") }
        for channel in [Channel.sms, .whatsapp, .push] { #expect(Self.words(renderer, "de", channel).html == nil) }
    }

    @Test(arguments: [
        ("en", "You have a message from Lumen & Söhne. Read it here: https://lumen.example/"),
        ("de-AT", "Sie haben eine Nachricht von Lumen & Söhne. Lesen Sie sie hier: https://lumen.example/"),
        ("xx", "You have a message from Lumen & Söhne. Read it here: https://lumen.example/"),
    ]) func `says only that there is one, where nothing may be said outside`(language: String, body: String) throws {
        let renderer = Self.renderer(
            [
                Self.key(.email, "en"): .init(subject: "{text}", body: "{text}", html: "{text}"),
                .init(plugin: "portico", notice: "private", channel: .push, language: "en"): .init(
                    body: "Look: {portalLink}"),
            ], isPrivate: true)
        for channel in [Channel.email, .sms, .whatsapp, .push] {
            let words = renderer.notice(
                Chimes.rung, of: "chimes", for: Language(language), on: channel,
                ["text": "cataract", "count": "cataract", "portalLink": "cataract"])
            #expect(!"\(words)".contains("cataract"))
            if channel != .push { #expect(words.body == body) }
            if channel == .push, language != "de-AT" { #expect(words.body == "Look: https://lumen.example/") }
        }
    }

    @Test func `of the host has the same frame`() throws {
        let letter = Self.renderer().letter(
            subject: "Your code", body: "Your code is 123456.", for: nil, on: .email)
        #expect(letter.subject == "Your code" && letter.body == "Your code is 123456.")
        #expect(try #require(letter.html).contains("<p style=\"margin:0 0 16px 0\">Your code is 123456.</p>"))
        #expect(Self.renderer().letter(subject: "", body: "123", for: nil, on: .sms) == .init(subject: "", body: "123"))
    }
}
