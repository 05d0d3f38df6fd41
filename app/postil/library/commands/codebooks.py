"""Commands on codebooks."""

from dataclasses import dataclass, replace

from postil.domain.errors import UserError
from postil.domain.history import Edit
from postil.library.plan import Plan, Situation


@dataclass(frozen=True)
class EnableCodebook:
    """Switch a codebook on or off; its tags and marks stay as they are."""

    codebook_id: str
    enabled: bool

    def plan(self, situation: Situation) -> Plan:
        """Return the edit.

        Raises:
            UserError: there is no such codebook.
        """
        for tag_set in situation.tag_sets():
            before = tag_set.codebook
            if before.id == self.codebook_id:
                after = replace(before, enabled=self.enabled)
                edits = (Edit(before, after),) if after != before else ()
                return Plan("enable-codebook", before.name, "", edits)
        raise UserError(f"There is no codebook {self.codebook_id!r}", "Choose another one.")
