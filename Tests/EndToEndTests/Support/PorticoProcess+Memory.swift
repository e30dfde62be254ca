import FoundationEssentials

extension PorticoProcess {
    /// The process's resident memory in bytes: now, and the most since it was last reset.
    func memory(resettingPeak isReset: Bool = false) throws -> (now: Int, peak: Int) {
        // proc_pid_clear_refs(5): 5 sets the peak to what it is now.
        if isReset { try Data("5".utf8).write(to: URL(filePath: "/proc/\(pid)/clear_refs")) }
        let status = String(decoding: try Data(contentsOf: URL(filePath: "/proc/\(pid)/status")), as: UTF8.self)
        func kilobytes(_ name: String) throws -> Int {
            let line = status.split(separator: "\n").first { $0.hasPrefix(name + ":") }
            guard let words = line?.split(whereSeparator: \.isWhitespace), words.count > 1, let number = Int(words[1])
            else { throw Failure("the system does not say \(name)") }
            return number * 1024
        }
        return (try kilobytes("VmRSS"), try kilobytes("VmHWM"))
    }
}
