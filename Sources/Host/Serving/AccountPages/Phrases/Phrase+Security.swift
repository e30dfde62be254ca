/// What protects an account, and where it is signed in.
extension Phrase {
    static let security = Phrase(
        "Security of your account", de: "Sicherheit Ihres Kontos", es: "Seguridad de su cuenta")
    static let sessions = Phrase(
        "Where you are signed in", de: "Wo Sie angemeldet sind", es: "Dónde ha iniciado sesión")

    static let email = Phrase("E-mail address", de: "E-Mail-Adresse", es: "Correo electrónico")
    static let emailNone = Phrase(
        "Your account has none, so a forgotten password cannot be set anew.",
        de: "Ihr Konto hat keine; ein vergessenes Passwort lässt sich so nicht neu setzen.",
        es: "Su cuenta no tiene ninguno, así que no se puede recuperar una contraseña olvidada.")
    static func emailProven(_ email: String) -> Phrase {
        Phrase("\(email), confirmed.", de: "\(email), bestätigt.", es: "\(email), confirmado.")
    }
    static func emailUnproven(_ email: String) -> Phrase {
        Phrase(
            "\(email), not confirmed yet.", de: "\(email), noch nicht bestätigt.", es: "\(email), aún sin confirmar.")
    }
    static let mailConfirmation = Phrase(
        "Mail me a link to confirm it", de: "Link zum Bestätigen senden", es: "Enviarme un enlace para confirmarlo")
    static let confirmationSent = Phrase(
        "A link is on its way to your address. It works once, for 24 hours.",
        de: "Ein Link ist an Ihre Adresse unterwegs. Er gilt einmal, 24 Stunden lang.",
        es: "Se ha enviado un enlace a su dirección. Funciona una vez, durante 24 horas.")

    static let currentPassword = Phrase("Present password", de: "Bisheriges Passwort", es: "Contraseña actual")
    static let changePassword = Phrase("Change the password", de: "Passwort ändern", es: "Cambiar la contraseña")
    static let passwordNone = Phrase(
        "Your account has no password.", de: "Ihr Konto hat kein Passwort.", es: "Su cuenta no tiene contraseña.")
    static let passwordWrong = Phrase(
        "This is not the present password.", de: "Das ist nicht das bisherige Passwort.",
        es: "No es la contraseña actual.")
    static let passwordChanged = Phrase(
        "Your password was changed, and you were signed out everywhere else.",
        de: "Ihr Passwort wurde geändert, und Sie wurden überall sonst abgemeldet.",
        es: "Se ha cambiado la contraseña y se ha cerrado la sesión en los demás dispositivos.")

    static let factor = Phrase("Second factor", de: "Zweiter Faktor", es: "Segundo factor")
    static let factorOff = Phrase(
        "With an authenticator app, a stolen password is not enough to get into your account.",
        de: "Mit einer Authenticator-App genügt ein gestohlenes Passwort nicht, um in Ihr Konto zu kommen.",
        es: "Con una aplicación de autenticación, una contraseña robada no basta para entrar en su cuenta.")
    static let factorDemanded = Phrase(
        "This portal asks you for a second factor. Until it is set up, you can do no more than that here.",
        de:
            "Dieses Portal verlangt von Ihnen einen zweiten Faktor. Bis er eingerichtet ist, können Sie hier nur das tun.",
        es: "Este portal le exige un segundo factor. Hasta configurarlo, no podrá hacer nada más aquí.")
    static let setUp = Phrase(
        "Set up an authenticator app", de: "Authenticator-App einrichten", es: "Configurar una aplicación")
    static func factorOn(_ left: Int) -> Phrase {
        Phrase(
            "An authenticator app is set up. You have \(left) recovery \(left == 1 ? "code" : "codes") left.",
            de:
                "Eine Authenticator-App ist eingerichtet. Sie haben noch \(left) \(left == 1 ? "Wiederherstellungscode" : "Wiederherstellungscodes").",
            es:
                "Hay una aplicación de autenticación configurada. Le \(left == 1 ? "queda" : "quedan") \(left) \(left == 1 ? "código" : "códigos") de recuperación."
        )
    }
    static let scan = Phrase(
        "Scan this picture with your authenticator app, or open it on this phone.",
        de: "Erfassen Sie dieses Bild mit Ihrer Authenticator-App, oder öffnen Sie sie auf diesem Telefon.",
        es: "Escanee esta imagen con su aplicación de autenticación o ábrala en este teléfono.")
    static let openApp = Phrase(
        "Open in an app on this device", de: "In einer App auf diesem Gerät öffnen",
        es: "Abrir en una aplicación de este dispositivo")
    static let typeSecret = Phrase(
        "Or type this key:", de: "Oder tippen Sie diesen Schlüssel:", es: "O escriba esta clave:")
    static let prove = Phrase("Check and switch on", de: "Prüfen und einschalten", es: "Comprobar y activar")
    static let wrongAppCode = Phrase(
        "The code is wrong or was used before.", de: "Der Code ist falsch oder schon verwendet.",
        es: "El código no es correcto o ya se ha usado.")
    static let codesTitle = Phrase(
        "Your recovery codes", de: "Ihre Wiederherstellungscodes", es: "Sus códigos de recuperación")
    static let codesHelp = Phrase(
        "Keep them where your phone is not: on paper, or in a password manager. Each is good once, in the place of the app's code. They are not shown again.",
        de:
            "Bewahren Sie sie nicht beim Telefon auf: auf Papier oder in einem Passwortmanager. Jeder gilt einmal, anstelle des Codes der App. Sie werden nicht wieder gezeigt.",
        es:
            "Guárdelos lejos del teléfono: en papel o en un gestor de contraseñas. Cada uno vale una vez, en lugar del código de la aplicación. No se mostrarán de nuevo."
    )
    static let codesKept = Phrase("I have kept them", de: "Ich habe sie aufbewahrt", es: "Los he guardado")
    static let codeNeeded = Phrase(
        "A code of the app, or a recovery code", de: "Ein Code der App oder ein Wiederherstellungscode",
        es: "Un código de la aplicación o de recuperación")
    static let renewCodes = Phrase(
        "Make new recovery codes", de: "Neue Wiederherstellungscodes", es: "Crear códigos de recuperación nuevos")
    static let switchOff = Phrase(
        "Switch the second factor off", de: "Zweiten Faktor abschalten", es: "Desactivar el segundo factor")
    static let switchedOff = Phrase(
        "The second factor is off, and you were signed out everywhere else.",
        de: "Der zweite Faktor ist aus, und Sie wurden überall sonst abgemeldet.",
        es: "El segundo factor está desactivado y se ha cerrado la sesión en los demás dispositivos.")

    static let unknownDevice = Phrase("Unknown device", de: "Unbekanntes Gerät", es: "Dispositivo desconocido")
    static let signedInAt = Phrase("Signed in", de: "Angemeldet", es: "Inicio")
    static let lastUsed = Phrase("Last used", de: "Zuletzt benutzt", es: "Último uso")
    static let thisDevice = Phrase("this device", de: "dieses Gerät", es: "este dispositivo")
    static let everywhereElse = Phrase(
        "Sign out everywhere else", de: "Überall sonst abmelden", es: "Cerrar sesión en los demás dispositivos")
    static func signOutOf(_ device: String) -> Phrase {
        Phrase("Sign out of \(device)", de: "Abmelden von \(device)", es: "Cerrar sesión en \(device)")
    }
    static func andMore(_ count: Int) -> Phrase {
        Phrase(
            "And \(count) that were used before these.", de: "Und \(count), die davor benutzt wurden.",
            es: "Y \(count) usados antes que estos.")
    }
}
