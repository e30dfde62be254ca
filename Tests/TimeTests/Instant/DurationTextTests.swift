import Testing
import Time

@Suite struct `An ISO 8601 duration` {
    @Test(
        arguments: [
            ("PT15M", .seconds(900)), ("P1D", .seconds(86_400)), ("P1DT12H", .seconds(129_600)),
            ("PT36H", .seconds(129_600)), ("P2W", .seconds(1_209_600)), ("PT0S", .zero),
            ("PT0.25S", .milliseconds(250)),
            ("PT1H1S", .seconds(3601)), ("-PT5M", .seconds(-300)), ("PT90M", .seconds(5400)),
            ("PT0.000000001S", .nanoseconds(1)), ("P0D", .zero), ("-PT0.5S", .milliseconds(-500)),
        ] as [(String, Duration)])
    func `is read`(text: String, expected: Duration) {
        #expect(Duration(iso8601: text) == expected)
    }

    @Test(arguments: [
        "", "P", "PT", "T5M", "5M", "P1DT", "P1Y", "P1M", "PT1D", "P1H", "P1W1D", "P1D1W", "PT1M1H", "PT1H1H", "PT1.5H",
        "PT1.S", "PT.5S", "PT5", "pt5m", "PT-5M", "+PT5M", "PT5M ", " PT5M", "PT1.0000000001S", "PT9999999999999S",
        "PTT5M", "P1DT5MT", "PT1,5S",
    ])
    func `is refused`(text: String) {
        #expect(Duration(iso8601: text) == nil)
    }

    @Test(
        arguments: [
            (.seconds(900), "PT15M"), (.seconds(86_400), "PT24H"), (.zero, "PT0S"), (.milliseconds(1250), "PT1.25S"),
            (.seconds(3661), "PT1H1M1S"), (.seconds(-300), "-PT5M"), (.nanoseconds(1), "PT0.000000001S"),
            (.milliseconds(-500), "-PT0.5S"), (.seconds(3600) + .milliseconds(10), "PT1H0.01S"),
            (Duration(secondsComponent: 0, attosecondsComponent: -1), "PT0S"),
        ] as [(Duration, String)])
    func `is written`(duration: Duration, text: String) {
        #expect(duration.iso8601 == text)
    }

    @Test func `comes back as it was written`() {
        for seconds in stride(from: Int64(-200_000), through: 200_000, by: 3571) {
            let duration = Duration.seconds(seconds) + .nanoseconds(seconds * 1001)
            #expect(Duration(iso8601: duration.iso8601) == duration)
        }
    }
}
