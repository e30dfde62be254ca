import PluginAPI

/// A sign-in as a plugin mounts it: its steps, each declared once and then served, limited and documented from there.
final class SignInMount: Sendable {
    let declaration: SignInDeclaration
    let names: SignInNames
    /// In the order of the declaration's paths.
    let steps: [MountedStep]
    /// How the inputs of the steps are read.
    let inputs: Inputs

    /// The schemas of what the steps are sent, in the dialect's words.
    struct Inputs: Sendable {
        let login: Schema<LoginInput>
        let refresh: Schema<RefreshInput>
        let logout: Schema<LogoutInput>
        let changePassword: Schema<ChangePasswordInput>
        let identifier: Schema<IdentifierInput>
        let setPassword: Schema<SetPasswordInput>
        let link: Schema<LinkInput>
        let register: Schema<RegisterInput>
        let social: Schema<SocialInput>
        let factor: Schema<FactorInput>
        let factorCode: Schema<FactorCodeInput>

        init(_ names: SignInNames) {
            login = LoginInput.schema(names)
            refresh = RefreshInput.schema(names)
            logout = LogoutInput.schema(names)
            changePassword = ChangePasswordInput.schema(names)
            identifier = IdentifierInput.schema(names)
            setPassword = SetPasswordInput.schema(names)
            link = LinkInput.schema(names)
            register = RegisterInput.schema(names)
            social = SocialInput.schema(names)
            factor = FactorInput.schema(names)
            factorCode = FactorCodeInput.schema(names)
        }
    }

    init(_ declaration: SignInDeclaration, _ dialect: Dialect) {
        let names = SignInNames(dialect)
        let inputs = Inputs(names)
        self.declaration = declaration
        self.names = names
        self.inputs = inputs
        let answer = SignInAnswer(names: names, account: declaration.account)
        steps = declaration.paths.map { step, path in
            MountedStep(
                step, path, inputs, answer, limits: SignInLimits.of(step, dialect, names), names)
        }
    }
}
