internal import PluginAPI

extension Call {
    /// Whether the caller acts for the clinic here: the permission that let them in reaches beyond their own things.
    var isByClinic: Bool {
        switch reach {
        case .tenant?, .branches?, .assigned?: true
        case .own?, nil: false
        }
    }

    /// Refuses everybody but the clinic's own people.
    ///
    /// - Throws: ``BookingRefusal/clinicOnly``.
    func requireClinic() throws(BookingRefusal) {
        guard isByClinic else { throw .clinicOnly }
    }

    /// Refuses what lies outside of the caller's branches.
    ///
    /// - Throws: ``Problem`` 403.
    func requireBranch(_ branch: String) throws(Problem) {
        let subject = Subject("branch", id: branch, branch: branch)
        guard isByClinic, reach?.covers(subject) == true else { throw .forbidden }
    }

    /// The branch that is meant when none is said: the caller's, where they have one alone.
    var onlyBranch: String? {
        guard case .branches(let branches)? = reach, branches.count == 1 else { return nil }
        return branches.first
    }
}
