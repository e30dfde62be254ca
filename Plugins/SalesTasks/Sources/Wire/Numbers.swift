internal import PluginAPI

/// How numbers are rounded on the wire: to two decimals, halves away from zero.
enum Rounded {
    /// `part` of `whole` in percent; 0 when there is no whole.
    static func percent(_ part: Int, of whole: Int) -> Double {
        whole == 0 ? 0 : twoDecimals(Double(part) * 100 / Double(whole))
    }

    /// Milliseconds in minutes.
    static func minutes(_ milliseconds: Int) -> Double { twoDecimals(Double(milliseconds) / 60_000) }

    /// The mean of `count` values that add up to `sum`; 0 when there are none.
    static func mean(_ sum: Int, of count: Int) -> Double { count == 0 ? 0 : twoDecimals(Double(sum) / Double(count)) }

    /// The nearest number with two decimals.
    static func twoDecimals(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}

extension Schema where Value == Double {
    /// A share in percent.
    static var percent: Schema<Double> { .double(0...100) }
    /// An amount that is never negative.
    static var amount: Schema<Double> { .double(0...1e12) }
}

extension Schema where Value == Int {
    /// How many of something.
    static var count: Schema<Int> { .int(0...(1 << 53)) }
    /// A page's number, from 1; bounded, so that page times limit stays a sensible number.
    static var page: Schema<Int> { .int(1...1_000_000) }
    /// Items on a page.
    static var pageLimit: Schema<Int> { .int(1...100) }
}

extension Schema where Value == String {
    /// The id of one of the plugin's objects.
    static var id: Schema<String> { .string(1...64) }
}
