import Testing

@testable import Matching

@Suite struct `Similarity of texts` {
    @Test(arguments: [
        ("MARTHA", "MARHTA", 0.9611), ("DWAYNE", "DUANE", 0.84), ("DIXON", "DICKSONX", 0.8133),
        ("JELLYFISH", "SMELLYFISH", 0.8963), ("ABC", "XYZ", 0), ("", "", 0), ("a", "", 0), ("same", "same", 1),
    ])
    func `of Jaro and Winkler is what their papers say`(_ left: String, _ right: String, _ score: Double) {
        #expect(abs(JaroWinkler.similarity(left, right) - score) < 0.0001)
        #expect(JaroWinkler.similarity(left, right) == JaroWinkler.similarity(right, left))
    }

    @Test(arguments: [
        ("kitten", "sitting", 3), ("smith", "smiht", 1), ("ca", "abc", 3), ("", "abc", 3), ("same", "same", 0),
        ("jonathan", "jonhatan", 2), ("a", "b", 1), ("ab", "ba", 1), ("abcdef", "bacdfe", 2),
    ])
    func `by Damerau and Levenshtein counts slips, and swaps as one`(_ left: String, _ right: String, _ slips: Int) {
        #expect(DamerauLevenshtein.distance(left, right) == slips)
        #expect(DamerauLevenshtein.distance(right, left) == slips)
        let (first, second) = (Array(left.utf16), Array(right.utf16))
        for most in 0...4 {
            #expect(DamerauLevenshtein.distance(first, second, atMost: most) == min(slips, most + 1))
        }
    }

    @Test func `survives texts of any length`() {
        let long = String(repeating: "lorem ipsum ", count: 500)
        #expect(JaroWinkler.similarity(long, long + "x") > 0.9)
        #expect(JaroWinkler.similarity(String(repeating: "a", count: 64), String(repeating: "a", count: 65)) > 0.99)
        #expect(DamerauLevenshtein.distance(long, long + "x") == 1)
    }

    @Test func `by words minds neither their order nor small slips, and house numbers more than street`() {
        func words(_ text: String) -> [WordSets.Word] {
            FoldedText(text).words.map { WordSets.Word($0, weight: $0 == Array("street".utf16) ? 1 : 4) }
        }
        #expect(WordSets.similarity(words("12 Park Street"), words("street park 12")) == 1)
        #expect(WordSets.similarity(words("12 Parkk Street"), words("12 Park Street")) > 0.9)
        #expect(WordSets.similarity(words("12 Park Street"), words("13 Park Street")) < 0.6)
        #expect(WordSets.similarity(words("9 Mill Street"), words("12 Park Street")) < 0.2)
        let initial = WordSets.similarity(words("J Smith"), words("John Smith"))
        #expect(initial > 0.7 && initial < 0.8)
        #expect(WordSets.similarity([], words("x")) == 0)
    }

    @Test(arguments: [
        ("  É. Müller-Lüdenscheidt ", "e muller ludenscheidt"), ("O'Brien", "obrien"), ("Weiß", "weiss"),
        ("Łukasz Øre", "lukasz ore"), ("e\u{301}", "e"), ("Nguyễn", "nguyen"), ("ИВАНОВ", "иванов"), ("山田", "山田"),
        ("!?-", ""), ("a,b;c", "a b c"),
    ])
    func `is of folded texts`(_ text: String, _ folded: String) {
        #expect(FoldedText(text).text == folded)
        #expect(FoldedText(FoldedText(text).text) == FoldedText(text))
    }
}
