internal import PluginAPI

extension Schema where Value == Int {
    /// Minutes after midnight, written `09:30`; `24:00` is the end of the day.
    static var minutesOfDay: Schema<Int> {
        .text(
            JSONSchema(["type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"]),
            allowed: "a time such as 09:30, or 24:00", sample: { "0\($0 % 10):30" },
            parse: { text in
                if text == "24:00" { return 1440 }
                guard text.utf8.count == 5, let time = TimeOfDay(iso8601: text) else { return nil }
                return time.hour * 60 + time.minute
            },
            write: { minutes, writer in
                func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
                writer.value("\(two(minutes / 60)):\(two(minutes % 60))")
            })
    }
}
