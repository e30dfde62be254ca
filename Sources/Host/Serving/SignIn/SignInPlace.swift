/// Which step of which sign-in of which plugin.
struct SignInPlace: Sendable {
    /// Of the plugin in the process's list.
    let plugin: Int
    /// Of the sign-in in the plugin's manifest.
    let signIn: Int
    /// Of the step in the sign-in.
    let step: Int

    init(_ plugin: Int, _ signIn: Int, _ step: Int) {
        self.plugin = plugin
        self.signIn = signIn
        self.step = step
    }
}
