"""Measures the linking of made-up records: a town with doubles full of slips, and families under one roof."""

import os
import random
import subprocess

from process import BUILD

FIRST = ("james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph "
         "jessica thomas sarah charles karen daniel nancy matthew betty mark sandra paul emily kevin laura").split()
CONSONANTS = "b c d f g h j k l m n p r s t v w br st gr th sch".split()
VOWELS = "a e i o u ie ou ai".split()
FIELDS = ("firstName", "lastName", "dateOfBirth", "phone", "email", "street", "city", "postcode")


class Town:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.surnames = [self.word(self.random.choice((1, 2, 2))) for _ in range(8000)]
        self.streets = [self.word(2) + self.random.choice((" street", " road", " avenue", " lane")) for _ in range(5000)]
        self.cities = [(self.word(2), "%05d" % self.random.randrange(10**5)) for _ in range(600)]

    def word(self, syllables):
        return "".join(self.random.choice(CONSONANTS) + self.random.choice(VOWELS) for _ in range(syllables)) \
            + self.random.choice(("n", "r", "s", "t", "", "ski", "son", "mann"))

    def often(self, words):
        """Some are much more frequent than others."""
        return words[min(len(words) - 1, int(self.random.paretovariate(0.6)) - 1)] if self.random.random() < 0.5 \
            else self.random.choice(words)

    def birth(self):
        chance = self.random
        return f"{chance.randint(1930, 2015)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"

    def mail(self, first, last):
        chance = self.random
        return f"{first}.{last}{chance.randint(1, 99)}@{chance.choice(('gmail.com', 'example.com', 'mail.example'))}"

    def stranger(self):
        chance = self.random
        first = self.often(FIRST) if chance.random() < 0.8 else self.word(2)
        last = self.often(self.surnames)
        return [first, last, self.birth(), f"+1555{chance.randrange(10**7):07}", self.mail(first, last),
                f"{chance.randint(1, 200)} {chance.choice(self.streets)}", *chance.choice(self.cities)]

    def slip(self, text):
        if not text:
            return text
        at = self.random.randrange(len(text))
        letter = self.random.choice("0123456789" if text.isdigit() else "abcdefghijklmnopqrstuvwxyz")
        return self.random.choice((text[:at] + letter + text[at:], text[:at] + text[at + 1:],
                                   text[:at] + letter + text[at + 1:],
                                   text[:at] + text[at + 1:at + 2] + text[at:at + 1] + text[at + 2:]))

    def double(self, record):
        copy = list(record)
        for _ in range(self.random.randint(1, 3)):
            field = self.random.randrange(len(copy))
            copy[field] = self.random.choice((self.slip(copy[field]), self.slip(copy[field]), "", copy[field].upper()))
        if self.random.random() < 0.1:
            copy[0], copy[1] = copy[1], copy[0]
        return copy

    def records(self, count):
        records = []
        person = 0
        while len(records) < count:
            record = self.stranger()
            records.append((person, record))
            if self.random.random() < 0.25:
                records.append((person, self.double(record)))
            if self.random.random() < 0.1:
                person += 1
                first = self.often(FIRST)
                records.append((person, [first, record[1], self.birth(), record[3], self.mail(first, record[1]), *record[5:]]))
            person += 1
        records = records[:count]
        self.random.shuffle(records)
        return records


def measure_matching(work, quick):
    print("\nmatching: records of a town with a quarter doubles and a tenth families, linked by one thread")
    for count in (10_000,) if quick else (10_000, 100_000):
        path = os.path.join(work, f"town-{count}.tsv")
        with open(path, "w", encoding="utf-8") as file:
            print("person", *FIELDS, sep="\t", file=file)
            for person, fields in Town(7).records(count):
                print(person, *fields, sep="\t", file=file)
        with open(path, "rb") as file:
            child = subprocess.Popen(
                [os.path.join(BUILD, "release", "matching-probe")], stdin=file, stdout=subprocess.PIPE, text=True)
            lines = [line.split() for line in child.stdout]
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise RuntimeError(f"matching-probe ended with {child.returncode}")
        print(f"  {count:>7} records: {usage.ru_utime:.1f} s of processor time, {usage.ru_maxrss / 1024:.0f} MiB at most")
        for algorithm, seconds, precision, recall in lines:
            print(f"    {algorithm:<12} after {float(seconds):>5.1f} s: precision {float(precision):.4f}, "
                  f"recall {float(recall):.4f} at confidence 0.8")
