import PluginAPI

/// Preferences made up from a seed.
enum PreferencesMaker {
    private static let names = [
        "case_updates", "educational_content", "marketing", "system_updates", "appointment_reminders",
        "urgent_updates", "of_a_plugin_that_is_gone",
    ]

    static func make(_ generator: inout SeededGenerator) -> Preferences {
        var made = Preferences()
        made.language = maybe(&generator) { _ in Language("de") } ?? nil
        made.zone = maybe(&generator) { _ in try? Zone(named: "Asia/Tokyo") } ?? nil
        made.frequency = frequency(&generator)
        made.doNotDisturb = maybe(&generator) {
            DoNotDisturb(hours: hours(&$0), letsEmergenciesThrough: Bool.random(using: &$0))
        }
        for channel in Channel.allCases {
            made.channels[channel] = ChannelPreference(
                isOn: maybe(&generator) { Bool.random(using: &$0) },
                everything: maybe(&generator) { Bool.random(using: &$0) },
                order: maybe(&generator) { names.shuffled(using: &$0).dropLast(3) } ?? [],
                frequency: maybe(&generator) { frequency(&$0) }, quietHours: maybe(&generator) { hours(&$0) },
                phone: channel == .whatsapp ? maybe(&generator) { _ in Phone("+15550100009") } ?? nil : nil)
        }
        for name in names where Bool.random(using: &generator) {
            var own = CategoryPreference(
                isOn: maybe(&generator) { Bool.random(using: &$0) }, frequency: maybe(&generator) { frequency(&$0) },
                weekday: maybe(&generator) { _ in .friday }, time: maybe(&generator) { MinuteOracle.time(&$0) },
                quietHours: maybe(&generator) { hours(&$0) })
            for channel in Channel.allCases.shuffled(using: &generator) {
                own[channel] = maybe(&generator) { Bool.random(using: &$0) }
            }
            if own != CategoryPreference() { made.categories[name] = own }
        }
        if Bool.random(using: &generator) { made.unsubscribe(from: .caseUpdates) }
        return made
    }

    private static func maybe<T>(
        _ generator: inout SeededGenerator, _ make: (inout SeededGenerator) -> T
    ) -> T? {
        Bool.random(using: &generator) ? make(&generator) : nil
    }

    private static func frequency(_ generator: inout SeededGenerator) -> Frequency {
        Frequency.allCases.randomElement(using: &generator) ?? .immediate
    }

    private static func hours(_ generator: inout SeededGenerator) -> QuietHours {
        QuietHours(
            isOn: Bool.random(using: &generator), start: MinuteOracle.time(&generator),
            end: MinuteOracle.time(&generator), zone: maybe(&generator) { _ in try? Zone(named: "Asia/Tokyo") } ?? nil)
    }
}
