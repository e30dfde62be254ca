import Glibc

/// The few functions of mathematics that the standard library has not.
enum FieldMath {
    static func log2(_ value: Double) -> Double { Glibc.log2(value) }
    static func exp(_ value: Double) -> Double { Glibc.exp(value) }
    static func exp2(_ value: Double) -> Double { Glibc.exp2(value) }
}
