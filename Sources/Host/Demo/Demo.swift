/// What the program says of the demo.
public enum Demo {
    /// The demo's tenants, in the order of their ports (contract §13).
    public static let tenants = DemoPorts.order
}
