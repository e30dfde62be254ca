internal import PluginAPI

/// What a customer asks to have changed: a field that is left out stays, null empties it (seed 001's `updateProfile`).
struct ProfileChange: Described {
    let firstName: Change<String>
    let lastName: Change<String>
    let preferredName: Change<String>
    let pronouns: Change<String>
    let email: Change<Email>
    let phone: Change<Phone>
    let secondaryPhone: Change<Phone>
    let dateOfBirth: Change<Day>
    let gender: Change<String>
    let language: Change<Language>
    let address: Change<Address>
    let emergencyContact: Change<EmergencyContact>
    let primaryPhysician: Change<Physician>
    let insurance: Change<Insurance>
    let preferredBranchId: Change<String>
    /// What the clinic alone sets. It may be sent back as it was read, and is not looked at.
    let unchanged: Unchanged

    /// The members of a profile that its owner does not set.
    struct Unchanged: Sendable {
        let id: JSON?
        let status: JSON?
        let createdAt: JSON?
        let updatedAt: JSON?
    }

    private init(
        firstName: Change<String>, lastName: Change<String>, preferredName: Change<String>, pronouns: Change<String>,
        email: Change<Email>, phone: Change<Phone>, secondaryPhone: Change<Phone>, dateOfBirth: Change<Day>,
        gender: Change<String>, language: Change<Language>, address: Change<Address>,
        emergencyContact: Change<EmergencyContact>, primaryPhysician: Change<Physician>,
        insurance: Change<Insurance>, preferredBranchId: Change<String>, id: JSON?, status: JSON?, createdAt: JSON?,
        updatedAt: JSON?
    ) {
        self.firstName = firstName
        self.lastName = lastName
        self.preferredName = preferredName
        self.pronouns = pronouns
        self.email = email
        self.phone = phone
        self.secondaryPhone = secondaryPhone
        self.dateOfBirth = dateOfBirth
        self.gender = gender
        self.language = language
        self.address = address
        self.emergencyContact = emergencyContact
        self.primaryPhysician = primaryPhysician
        self.insurance = insurance
        self.preferredBranchId = preferredBranchId
        unchanged = Unchanged(id: id, status: status, createdAt: createdAt, updatedAt: updatedAt)
    }

    static let schema = Schema<ProfileChange>.object(
        ProfileChange.init(
            firstName:lastName:preferredName:pronouns:email:phone:secondaryPhone:dateOfBirth:gender:language:address:
            emergencyContact:primaryPhysician:insurance:preferredBranchId:id:status:createdAt:updatedAt:),
        Field("firstName", \.firstName, .change(.string(1...100)), note: "Cannot be emptied"),
        Field("lastName", \.lastName, .change(.string(1...100)), note: "Cannot be emptied"),
        Field("preferredName", \.preferredName, .change(.string(1...100))),
        Field("pronouns", \.pronouns, .change(.string(1...50))),
        Field("email", \.email, .change(Email.schema)),
        Field("phone", \.phone, .change(Phone.schema), note: "The number that signs in; cannot be emptied"),
        Field("secondaryPhone", \.secondaryPhone, .change(Phone.schema)),
        Field("dateOfBirth", \.dateOfBirth, .change(Day.schema)),
        Field("gender", \.gender, .change(.string(1...50))),
        Field("language", \.language, .change(Language.schema)),
        Field("address", \.address, .change(Address.schema)),
        Field("emergencyContact", \.emergencyContact, .change(EmergencyContact.schema)),
        Field("primaryPhysician", \.primaryPhysician, .change(Physician.schema)),
        Field("insurance", \.insurance, .change(Insurance.schema)),
        Field("preferredBranchId", \.preferredBranchId, .change(.string(1...64))),
        Field("id", \.unchanged.id, .optional(.anything), note: "Read only; not looked at"),
        Field("status", \.unchanged.status, .optional(.anything), note: "Read only; not looked at"),
        Field("createdAt", \.unchanged.createdAt, .optional(.anything), note: "Read only; not looked at"),
        Field("updatedAt", \.unchanged.updatedAt, .optional(.anything), note: "Read only; not looked at"))
}
