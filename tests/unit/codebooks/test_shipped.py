"""The codebooks that come with the program, as the library asks for them."""

import subprocess
import sys

from postil.codebooks import shipped, shipped_versions


def test_persuasion_techniques_come_first_and_are_on():
    found = [tag_set.codebook for tag_set in shipped()]
    assert found[0].id == "persuasion23"
    assert [codebook.enabled for codebook in found] == [True] + [False] * (len(found) - 1)
    assert [codebook.position for codebook in found] == list(range(len(found)))


def test_versions_are_those_of_the_codebooks():
    found = {tag_set.codebook.id: tag_set.codebook.version for tag_set in shipped()}
    assert shipped_versions() == found
    assert list(shipped_versions()) == list(found)


def test_asking_for_versions_does_not_load_the_validator():
    program = (
        "import sys; from postil.codebooks import shipped_versions; shipped_versions();"
        "sys.exit('jsonschema' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
