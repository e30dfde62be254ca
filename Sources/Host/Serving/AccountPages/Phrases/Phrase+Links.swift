/// Passwords and addresses by mailed links.
extension Phrase {
    static let forgotTitle = Phrase("Set a new password", de: "Neues Passwort setzen", es: "Nueva contraseña")
    static let forgotHelp = Phrase(
        "We mail you a link with which you choose another one.",
        de: "Wir senden Ihnen einen Link, mit dem Sie ein anderes wählen.",
        es: "Le enviaremos un enlace para elegir otra.")
    static let mailLink = Phrase("Mail me a link", de: "Link senden", es: "Enviarme un enlace")
    static let nameNeeded = Phrase(
        "Enter your e-mail address or user name.", de: "Geben Sie E-Mail-Adresse oder Benutzernamen ein.",
        es: "Escriba su correo electrónico o nombre de usuario.")
    static let linkSent = Phrase(
        "If somebody here has this name and has confirmed an e-mail address, a link is on its way to it. It works once, for 30 minutes.",
        de:
            "Wenn jemand hier diesen Namen und eine bestätigte E-Mail-Adresse hat, ist ein Link an sie unterwegs. Er gilt einmal, 30 Minuten lang.",
        es:
            "Si alguien tiene aquí este nombre y un correo confirmado, se le ha enviado un enlace. Funciona una vez, durante 30 minutos."
    )
    static let toSignIn = Phrase("To the sign-in", de: "Zur Anmeldung", es: "Ir al inicio de sesión")

    static let chooseTitle = Phrase("Choose a password", de: "Passwort wählen", es: "Elija una contraseña")
    static let newPassword = Phrase("New password", de: "Neues Passwort", es: "Nueva contraseña")
    static let again = Phrase("The same once more", de: "Noch einmal dasselbe", es: "Repita la contraseña")
    static let policy = Phrase(
        "At least 8 characters, among them an upper-case and a lower-case letter, a digit and another character.",
        de: "Mindestens 8 Zeichen, darunter ein Groß- und ein Kleinbuchstabe, eine Ziffer und ein anderes Zeichen.",
        es: "Al menos 8 caracteres, entre ellos una mayúscula, una minúscula, una cifra y otro carácter.")
    static let notTheSame = Phrase(
        "The two passwords are not the same.", de: "Die beiden Passwörter sind nicht gleich.",
        es: "Las dos contraseñas no coinciden.")
    static let badPassword = Phrase(
        "This password will not do.",
        de: "Dieses Passwort genügt nicht. Es darf auch kein häufiges und nicht Ihr eigener Name sein.",
        es: "Esta contraseña no sirve. Tampoco puede ser una habitual ni su propio nombre.")
    static let setPassword = Phrase("Set the password", de: "Passwort setzen", es: "Guardar la contraseña")
    static let passwordSet = Phrase(
        "Your password is set. Sign in with it.", de: "Ihr Passwort ist gesetzt. Melden Sie sich damit an.",
        es: "Su contraseña está guardada. Inicie sesión con ella.")
    static let badLink = Phrase(
        "This link is not good any more. It works once, and not for long.",
        de: "Dieser Link gilt nicht mehr. Er wirkt einmal und nicht lange.",
        es: "Este enlace ya no es válido. Funciona una sola vez y por poco tiempo.")
    static let askAgain = Phrase("Ask for another link", de: "Einen neuen Link anfordern", es: "Pedir otro enlace")
    static let askWhoInvited = Phrase(
        "Ask whoever invited you for another one, or set a password as somebody who has forgotten theirs.",
        de: "Bitten Sie um eine neue Einladung, oder setzen Sie ein Passwort wie jemand, der seines vergessen hat.",
        es: "Pida otra invitación o cree una contraseña como quien ha olvidado la suya.")

    static let confirmTitle = Phrase(
        "Confirm your e-mail address", de: "E-Mail-Adresse bestätigen", es: "Confirme su correo electrónico")
    static let confirmHelp = Phrase(
        "With this you confirm that the address to which the link was sent is yours.",
        de: "Damit bestätigen Sie, dass die Adresse, an die der Link ging, Ihre ist.",
        es: "Con esto confirma que es suya la dirección a la que se envió el enlace.")
    static let confirm = Phrase("Confirm", de: "Bestätigen", es: "Confirmar")
    static let confirmed = Phrase(
        "Your e-mail address is confirmed.", de: "Ihre E-Mail-Adresse ist bestätigt.",
        es: "Su correo electrónico está confirmado.")
}
