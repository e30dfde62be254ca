internal import Glibc

/// The `date` field as bytes (RFC 9110 §5.6.7), made anew once a second.
struct HTTPDate {
    private var second: Int = .min
    private(set) var field = [UInt8]("date: Thu, 01 Jan 1970 00:00:00 GMT\r\n".utf8)

    /// Brings the field up to the current second. Returns whether it changed.
    mutating func refresh() -> Bool {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME_COARSE, &time)
        guard time.tv_sec != second else { return false }
        set(time.tv_sec)
        return true
    }

    /// Writes the date of `seconds` since 1970 into the field.
    mutating func set(_ seconds: Int) {
        second = seconds
        let days = seconds / 86_400
        let rest = seconds % 86_400
        // Days to a civil date, in the calendar that begins its years in March.
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        put("ThuFriSatSunMonTueWed", 3 * (days % 7), at: 6)
        put(number: day, digits: 2, at: 11)
        put("JanFebMarAprMayJunJulAugSepOctNovDec", 3 * (month - 1), at: 14)
        put(number: year, digits: 4, at: 18)
        put(number: rest / 3600, digits: 2, at: 23)
        put(number: rest / 60 % 60, digits: 2, at: 26)
        put(number: rest % 60, digits: 2, at: 29)
    }

    private mutating func put(_ names: StaticString, _ from: Int, at index: Int) {
        for offset in 0..<3 { field[index + offset] = names.utf8Start[from + offset] }
    }

    private mutating func put(number: Int, digits: Int, at index: Int) {
        var rest = number
        for offset in (0..<digits).reversed() {
            field[index + offset] = 48 + UInt8(rest % 10)
            rest /= 10
        }
    }
}
