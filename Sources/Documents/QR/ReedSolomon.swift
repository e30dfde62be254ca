/// Check codewords over GF(2⁸) with the polynomial x⁸ + x⁴ + x³ + x² + 1 (ISO/IEC 18004 §7.5 and Annex A).
struct ReedSolomon: Sendable {
    /// The generator's coefficients but for the first, which is 1; the highest power first.
    private let generator: [UInt8]

    /// How many check codewords it makes.
    var count: Int { generator.count }

    init(checks: Int) {
        // (x − 1)(x − 2)(x − 4) …
        var product = [UInt8](repeating: 0, count: checks)
        product[checks - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<checks {
            for index in product.indices {
                product[index] = Self.multiply(product[index], root)
                if index + 1 < product.count { product[index] ^= product[index + 1] }
            }
            root = Self.multiply(root, 2)
        }
        generator = product
    }

    /// The remainder of the data divided by the generator.
    func checks(of data: ArraySlice<UInt8>) -> [UInt8] {
        var remainder = [UInt8](repeating: 0, count: generator.count)
        for byte in data {
            let factor = byte ^ remainder[0]
            for index in remainder.indices {
                let next = index + 1 < remainder.count ? remainder[index + 1] : 0
                remainder[index] = next ^ Self.multiply(generator[index], factor)
            }
        }
        return remainder
    }

    static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var (left, right, product) = (left, right, UInt8(0))
        while right != 0 {
            if right & 1 == 1 { product ^= left }
            left = left << 1 ^ (left & 0x80 == 0 ? 0 : 0x1D)
            right >>= 1
        }
        return product
    }
}
