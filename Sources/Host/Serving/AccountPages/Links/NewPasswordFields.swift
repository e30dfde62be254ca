import PluginAPI

/// The fields in which somebody chooses a password. One that is too long is refused and not cut by the browser.
enum NewPasswordFields {
    static func html(_ call: HostCall, _ said: Said?) -> HTML {
        """
        <p><label for="password">\(call.say(.newPassword))</label>
        <input id="password" name="password" type="password" autocomplete="new-password" required maxlength="1024" \
        aria-describedby="policy"\(said?.isError == true ? " aria-invalid=\"true\"" : "" as HTML)></p>
        <p class="hint" id="policy">\(call.say(.policy))</p>
        <p><label for="again">\(call.say(.again))</label>
        <input id="again" name="again" type="password" autocomplete="new-password" required maxlength="1024"></p>
        """
    }
}

extension Said {
    /// What is wrong with a password. The policy's own words are English; other readers are told the whole of it.
    static func mistakes(in problem: Problem, _ call: HostCall) -> Said {
        let isEnglish = Phrase.spoken(call.language).base == "en"
        let list = problem.mistakes.map { $0.message.prefix(1).uppercased() + $0.message.dropFirst() + "." }
        return .wrong(
            call.say(.badPassword), isEnglish ? list.map { "It \($0.prefix(1).lowercased())\($0.dropFirst())" } : [])
    }
}
