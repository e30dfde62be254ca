internal import PluginAPI

extension CaseState {
    /// Where a case stands, in plain words for its customer.
    func plain(_ say: Words) -> String {
        switch self {
        case .draft: say("Not sent yet", de: "Noch nicht gesendet", es: "Aún no enviado")
        case .submitted: say("We have received it", de: "Eingegangen", es: "Recibido")
        case .inTriage:
            say(
                "We are checking that it is complete", de: "Wir prüfen, ob alles da ist",
                es: "Comprobamos que esté completo")
        case .infoRequested:
            say("We need something from you", de: "Wir brauchen etwas von Ihnen", es: "Necesitamos algo de usted")
        case .awaitingExpert:
            say(
                "We are looking for the right expert", de: "Wir suchen den passenden Experten",
                es: "Buscamos al especialista adecuado")
        case .assigned:
            say("An expert has taken it", de: "Ein Experte hat ihn übernommen", es: "Un especialista lo ha tomado")
        case .inReview:
            say("An expert is working on it", de: "Ein Experte arbeitet daran", es: "Un especialista trabaja en él")
        case .secondRead:
            say(
                "A second expert is reading it too", de: "Ein zweiter Experte liest mit",
                es: "Un segundo especialista también lo lee")
        case .delivered:
            say("Your opinion is ready", de: "Ihre Zweitmeinung ist fertig", es: "Su opinión está lista")
        case .followUp:
            say(
                "Your question about the opinion is being answered", de: "Ihre Rückfrage wird beantwortet",
                es: "Se responde a su pregunta")
        case .closed: say("Closed", de: "Abgeschlossen", es: "Cerrado")
        case .withdrawn: say("Withdrawn by you", de: "Von Ihnen zurückgezogen", es: "Retirado por usted")
        case .declined:
            say("We could not take it", de: "Wir konnten ihn nicht annehmen", es: "No pudimos aceptarlo")
        case .cancelled: say("Cancelled", de: "Storniert", es: "Cancelado")
        }
    }
}

/// What the page says came of a form. Named in the address, so that nobody can make it say something else.
enum CaseDone: String, CaseIterable, Sendable {
    case sent, written, rated, asked, closed, withdrawn

    func plain(_ say: Words) -> String {
        switch self {
        case .sent: say("Your case is sent.", de: "Ihr Fall ist gesendet.", es: "Su caso está enviado.")
        case .written: say("Your message is sent.", de: "Ihre Nachricht ist gesendet.", es: "Su mensaje está enviado.")
        case .rated:
            say("Thank you for your rating.", de: "Danke für Ihre Bewertung.", es: "Gracias por su valoración.")
        case .asked: say("Your question is sent.", de: "Ihre Frage ist gesendet.", es: "Su pregunta está enviada.")
        case .closed: say("The case is closed.", de: "Der Fall ist abgeschlossen.", es: "El caso está cerrado.")
        case .withdrawn:
            say("The case is withdrawn.", de: "Der Fall ist zurückgezogen.", es: "El caso está retirado.")
        }
    }
}
