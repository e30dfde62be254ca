import Appointments
import LegalCases
import MedicalOpinion
import PluginAPI
import SalesTasks

/// The plugins of this build, in the order in which they start and stand in menus.
let plugins: [any Plugin.Type] = [Appointments.self, LegalCases.self, MedicalOpinion.self, SalesTasks.self]
