/// Signing in and out.
extension Phrase {
    static let signIn = Phrase("Sign in", de: "Anmelden", es: "Iniciar sesión")
    static let signOut = Phrase("Sign out", de: "Abmelden", es: "Cerrar sesión")
    static let signOutHere = Phrase(
        "Sign out of this device", de: "Von diesem Gerät abmelden", es: "Cerrar sesión en este dispositivo")
    static let name = Phrase(
        "E-mail address or user name", de: "E-Mail-Adresse oder Benutzername",
        es: "Correo electrónico o nombre de usuario")
    static let password = Phrase("Password", de: "Passwort", es: "Contraseña")
    static let remember = Phrase(
        "Keep me signed in on this device", de: "Auf diesem Gerät angemeldet bleiben",
        es: "Mantener la sesión iniciada en este dispositivo")
    static let forgotten = Phrase(
        "Forgot your password?", de: "Passwort vergessen?", es: "¿Ha olvidado su contraseña?")
    static let wrongPassword = Phrase(
        "The name or the password is wrong, or the account may not sign in this way.",
        de: "Der Name oder das Passwort ist falsch, oder das Konto darf sich so nicht anmelden.",
        es: "El nombre o la contraseña no son correctos, o la cuenta no puede iniciar sesión de este modo.")
    static let bothNeeded = Phrase(
        "Enter your e-mail address or user name, and your password.",
        de: "Geben Sie E-Mail-Adresse oder Benutzernamen und das Passwort ein.",
        es: "Escriba su correo electrónico o nombre de usuario y su contraseña.")

    static let orByText = Phrase(
        "Or by a text message", de: "Oder mit einer Textnachricht", es: "O con un mensaje de texto")
    static let phone = Phrase(
        "Your phone number, with the country code", de: "Ihre Telefonnummer mit Ländervorwahl",
        es: "Su número de teléfono, con el prefijo del país")
    static let textRisk = Phrase(
        "A text message can be read by others: a password with an authenticator app is safer.",
        de: "Eine Textnachricht können andere mitlesen: ein Passwort mit einer Authenticator-App ist sicherer.",
        es: "Otros pueden leer un mensaje de texto: una contraseña con una aplicación de autenticación es más segura.")
    static let textMe = Phrase("Text me a code", de: "Code senden", es: "Enviarme un código")
    static let badPhone = Phrase(
        "That is no phone number with its country code, such as +1 555 010 0001.",
        de: "Das ist keine Telefonnummer mit Ländervorwahl, etwa +49 30 1234567.",
        es: "No es un número de teléfono con su prefijo, como +34 612 345 678.")
    static func onItsWay(_ number: String) -> Phrase {
        Phrase(
            "If somebody here has the number \(number), a code is on its way to it. It is good for five minutes.",
            de: "Wenn jemand hier die Nummer \(number) hat, ist ein Code an sie unterwegs. Er gilt fünf Minuten.",
            es:
                "Si alguien tiene aquí el número \(number), se le ha enviado un código. Es válido durante cinco minutos."
        )
    }
    static let sixDigits = Phrase(
        "The six digits of the code", de: "Die sechs Ziffern des Codes", es: "Los seis dígitos del código")
    static let wrongText = Phrase(
        "The code is wrong, or it is no longer good.", de: "Der Code ist falsch oder gilt nicht mehr.",
        es: "El código no es correcto o ya no es válido.")
    static let anotherNumber = Phrase("Use another number", de: "Eine andere Nummer verwenden", es: "Usar otro número")

    static let secondStep = Phrase("One more step", de: "Noch ein Schritt", es: "Un paso más")
    static let appCode = Phrase(
        "The six digits that your authenticator app shows", de: "Die sechs Ziffern aus Ihrer Authenticator-App",
        es: "Los seis dígitos de su aplicación de autenticación")
    static let phoneLost = Phrase(
        "I do not have the app at hand", de: "Ich habe die App nicht zur Hand", es: "No tengo la aplicación a mano")
    static let recoveryCode = Phrase(
        "One of your recovery codes", de: "Einer Ihrer Wiederherstellungscodes",
        es: "Uno de sus códigos de recuperación")
    static let noCodesLeft = Phrase(
        "If you have none left, an administrator of this portal can take the second factor off.",
        de: "Wenn Sie keinen mehr haben, kann die Verwaltung dieses Portals den zweiten Faktor entfernen.",
        es: "Si no le queda ninguno, un administrador de este portal puede quitar el segundo factor.")
    static let wrongCode = Phrase(
        "The code is wrong or was used before, or this page was open too long.",
        de: "Der Code ist falsch oder schon verwendet, oder diese Seite war zu lange offen.",
        es: "El código no es correcto o ya se ha usado, o la página estuvo abierta demasiado tiempo.")
    static let startAgain = Phrase("Start again", de: "Von vorn beginnen", es: "Empezar de nuevo")
}
