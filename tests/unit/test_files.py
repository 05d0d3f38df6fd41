"""Reading, atomic writing and file names, with every failure the system can answer with."""

import errno
import os
import re
import socket
import stat
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postil.domain import limits
from postil.domain.errors import UserError
from postil.files import NAME_BYTES, read_file, safe_file_name, write_atomically, write_folder


def failing(number):
    """Return a function that fails as the system would."""

    def fail(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    return fail


def entries(folder):
    return sorted(path.name for path in folder.iterdir())


class TestReadFile:
    def test_returns_the_bytes(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_bytes(b"\x00\r\n\xff")
        assert read_file(path) == b"\x00\r\n\xff"

    def test_a_file_at_the_limit_is_read(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_bytes(b"12345")
        assert read_file(path, 5) == b"12345"

    def test_a_link_is_followed(self, tmp_path):
        (tmp_path / "a.txt").write_bytes(b"words")
        (tmp_path / "b.txt").symlink_to("a.txt")
        assert read_file(tmp_path / "b.txt") == b"words"

    def test_over_the_limit_names_the_limit_in_bytes(self, tmp_path):
        path = tmp_path / "a.txt"
        path.write_bytes(b"123456")
        with pytest.raises(UserError, match=r"“a.txt” is larger than 5 bytes"):
            read_file(path, 5)

    def test_over_the_limit_names_the_limit_in_megabytes(self, tmp_path):
        path = tmp_path / "big.txt"
        with path.open("wb") as file:
            file.truncate(limits.FILE_BYTES + 1)  # sparse
        with pytest.raises(UserError, match=r"“big.txt” is larger than 50 MB"):
            read_file(path)

    def test_missing(self, tmp_path):
        with pytest.raises(UserError, match=r"“no.txt” does not exist. Check the name"):
            read_file(tmp_path / "no.txt")

    def test_dangling_link(self, tmp_path):
        (tmp_path / "b.txt").symlink_to("gone")
        with pytest.raises(UserError, match=r"“b.txt” does not exist"):
            read_file(tmp_path / "b.txt")

    def test_folder(self, tmp_path):
        with pytest.raises(UserError, match="is a folder"):
            read_file(tmp_path)

    def test_root_is_named(self):
        with pytest.raises(UserError, match="“/” is a folder"):
            read_file(Path("/"))

    def test_empty(self, tmp_path):
        (tmp_path / "a.txt").touch()
        with pytest.raises(UserError, match=r"“a.txt” is empty"):
            read_file(tmp_path / "a.txt")

    def test_fifo_does_not_hang(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(UserError, match="“pipe” is not a regular file"):
            read_file(tmp_path / "pipe")

    def test_a_file_exchanged_for_a_fifo_does_not_hang(self, tmp_path, monkeypatch):
        (tmp_path / "a.txt").write_bytes(b"a")
        before = (tmp_path / "a.txt").stat()
        (tmp_path / "a.txt").unlink()
        os.mkfifo(tmp_path / "a.txt")
        monkeypatch.setattr(Path, "stat", lambda _: before)
        with pytest.raises(UserError, match="is not a regular file"):
            read_file(tmp_path / "a.txt")

    def test_socket(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)  # socket addresses are short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("socket")
            with pytest.raises(UserError, match="is not a regular file"):
                read_file(Path("socket"))

    def test_device(self):
        with pytest.raises(UserError, match="“null” is not a regular file"):
            read_file(Path("/dev/null"))

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (errno.EACCES, "there is no permission"),
            (errno.EPERM, "there is no permission"),
            (errno.EIO, os.strerror(errno.EIO)),
            (errno.ELOOP, os.strerror(errno.ELOOP)),
        ],
    )
    def test_errors_of_the_system(self, tmp_path, monkeypatch, number, said):
        (tmp_path / "a.txt").write_bytes(b"a")
        monkeypatch.setattr(os, "open", failing(number))
        with pytest.raises(UserError, match=rf"“a.txt” cannot be read: {re.escape(said)}"):
            read_file(tmp_path / "a.txt")

    def test_an_error_without_words_of_the_system(self, tmp_path, monkeypatch):
        def fail(*args):
            raise OSError("odd")

        (tmp_path / "a.txt").write_bytes(b"a")
        monkeypatch.setattr(os, "open", fail)
        with pytest.raises(UserError, match="cannot be read: odd"):
            read_file(tmp_path / "a.txt")

    @pytest.mark.parametrize("name", ["nul\0byte", "lone\ud800surrogate"])
    def test_impossible_names(self, tmp_path, name):
        with pytest.raises(UserError, match="is not a file name"):
            read_file(tmp_path / name)

    def test_the_sentence_has_neither_controls_nor_bidi_controls(self, tmp_path):
        with pytest.raises(UserError) as caught:
            read_file(tmp_path / "a\u202ecod\x1b[31m\n.txt")
        assert caught.value.what == "“acod[31m .txt” does not exist"


class TestWriteAtomically:
    def test_writes_a_new_file(self, tmp_path):
        write_atomically(tmp_path / "a.md", b"words\r\n", overwrite=False)
        assert (tmp_path / "a.md").read_bytes() == b"words\r\n"
        assert entries(tmp_path) == ["a.md"]

    def test_an_empty_file_may_be_written(self, tmp_path):
        write_atomically(tmp_path / "a.md", b"", overwrite=False)
        assert (tmp_path / "a.md").read_bytes() == b""

    def test_a_new_file_has_the_usual_permissions(self, tmp_path):
        (tmp_path / "usual").touch()
        write_atomically(tmp_path / "a.md", b"a", overwrite=False)
        assert (tmp_path / "a.md").stat().st_mode == (tmp_path / "usual").stat().st_mode

    def test_overwrites_when_asked_and_keeps_the_permissions(self, tmp_path):
        target = tmp_path / "a.md"
        target.write_bytes(b"old, and longer")
        target.chmod(0o600)
        write_atomically(target, b"new", overwrite=True)
        assert target.read_bytes() == b"new"
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        assert entries(tmp_path) == ["a.md"]

    def test_overwrite_of_nothing_is_a_new_file(self, tmp_path):
        write_atomically(tmp_path / "a.md", b"new", overwrite=True)
        assert (tmp_path / "a.md").read_bytes() == b"new"

    def test_refuses_an_existing_file(self, tmp_path):
        (tmp_path / "a.md").write_bytes(b"old")
        with pytest.raises(UserError, match=r"“a.md” exists already. Choose another name"):
            write_atomically(tmp_path / "a.md", b"new", overwrite=False)
        assert (tmp_path / "a.md").read_bytes() == b"old"
        assert entries(tmp_path) == ["a.md"]

    def test_a_link_stays_a_link(self, tmp_path):
        (tmp_path / "real").mkdir()
        (tmp_path / "real" / "a.md").write_bytes(b"old")
        (tmp_path / "link.md").symlink_to("real/a.md")
        write_atomically(tmp_path / "link.md", b"new", overwrite=True)
        assert (tmp_path / "link.md").is_symlink()
        assert (tmp_path / "real" / "a.md").read_bytes() == b"new"
        assert entries(tmp_path / "real") == ["a.md"]

    def test_a_dangling_link_counts_as_existing(self, tmp_path):
        (tmp_path / "link.md").symlink_to("gone.md")
        with pytest.raises(UserError, match="exists already"):
            write_atomically(tmp_path / "link.md", b"new", overwrite=False)
        assert entries(tmp_path) == ["link.md"]

    def test_a_dangling_link_is_filled_when_asked(self, tmp_path):
        (tmp_path / "link.md").symlink_to("gone.md")
        write_atomically(tmp_path / "link.md", b"new", overwrite=True)
        assert (tmp_path / "gone.md").read_bytes() == b"new"

    def test_a_link_to_itself_is_refused(self, tmp_path):
        (tmp_path / "loop").symlink_to("loop")
        with pytest.raises(UserError, match="“loop” is not a regular file"):
            write_atomically(tmp_path / "loop", b"new", overwrite=True)

    def test_a_folder_is_not_overwritten(self, tmp_path):
        (tmp_path / "a.md").mkdir()
        with pytest.raises(UserError, match=r"“a.md” is a folder"):
            write_atomically(tmp_path / "a.md", b"new", overwrite=True)
        assert entries(tmp_path) == ["a.md"]

    def test_a_fifo_is_not_overwritten(self, tmp_path):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(UserError, match="“pipe” is not a regular file"):
            write_atomically(tmp_path / "pipe", b"new", overwrite=True)
        assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)

    def test_folder_missing(self, tmp_path):
        with pytest.raises(UserError, match="cannot be written: its folder does not exist"):
            write_atomically(tmp_path / "no" / "a.md", b"new", overwrite=False)

    def test_folder_is_a_file(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(UserError, match="its folder is a file"):
            write_atomically(tmp_path / "file" / "a.md", b"new", overwrite=False)

    def test_name_too_long(self, tmp_path):
        with pytest.raises(UserError, match=r"its name is too long. Choose a shorter name"):
            write_atomically(tmp_path / ("a" * 300), b"new", overwrite=False)
        assert entries(tmp_path) == []

    @pytest.mark.parametrize("name", ["nul\0byte", "lone\ud800surrogate"])
    def test_impossible_names(self, tmp_path, name):
        with pytest.raises(UserError, match="is not a file name"):
            write_atomically(tmp_path / name, b"new", overwrite=True)
        assert entries(tmp_path) == []

    @pytest.mark.parametrize("overwrite", [True, False])
    @pytest.mark.parametrize("function", ["open", "fsync", "replace", "chmod"])
    @pytest.mark.parametrize(
        ("number", "said"),
        [
            (errno.ENOSPC, "the disk is full. Make room"),
            (errno.EDQUOT, "the disk quota is used up. Make room"),
            (errno.EROFS, "the disk is read-only. Choose another folder"),
            (errno.EIO, re.escape(os.strerror(errno.EIO))),
        ],
    )
    def test_a_failure_leaves_the_target_untouched(
        self, tmp_path, monkeypatch, overwrite, function, number, said
    ):
        target = tmp_path / "a.md"
        if overwrite:
            target.write_bytes(b"old")
        elif function in {"replace", "chmod"}:
            monkeypatch.setattr(os, "link", failing(errno.EPERM))
            function = "replace"
        before = entries(tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr(os, function, failing(number))
            with pytest.raises(UserError, match=rf"“a.md” cannot be written: {said}"):
                write_atomically(target, b"new", overwrite=overwrite)
        assert entries(tmp_path) == before
        assert not overwrite or target.read_bytes() == b"old"

    @pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM])
    def test_a_read_only_folder(self, tmp_path, monkeypatch, number):
        monkeypatch.setattr(os, "open", failing(number))
        with pytest.raises(UserError, match="there is no permission to write there"):
            write_atomically(tmp_path / "a.md", b"new", overwrite=False)

    def test_an_error_without_words_of_the_system(self, tmp_path, monkeypatch):
        def fail(*args):
            raise OSError("odd")

        monkeypatch.setattr(os, "fsync", fail)
        with pytest.raises(UserError, match="cannot be written: odd"):
            write_atomically(tmp_path / "a.md", b"new", overwrite=False)
        assert entries(tmp_path) == []

    def test_an_interruption_removes_the_temporary_file(self, tmp_path, monkeypatch):
        def interrupt(descriptor):
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_atomically(tmp_path / "a.md", b"new", overwrite=False)
        assert entries(tmp_path) == []

    def test_a_temporary_file_that_cannot_be_removed_hides_no_reason(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "fsync", failing(errno.ENOSPC))
        monkeypatch.setattr(os, "unlink", failing(errno.EIO))
        with pytest.raises(UserError, match="the disk is full"):
            write_atomically(tmp_path / "a.md", b"new", overwrite=False)

    @pytest.mark.parametrize("hard_links", [True, False])
    def test_another_program_was_faster(self, tmp_path, monkeypatch, hard_links):
        target = tmp_path / "a.md"
        real = os.fsync

        def sync_with_a_rival(descriptor):
            real(descriptor)
            target.write_bytes(b"its")

        monkeypatch.setattr(os, "fsync", sync_with_a_rival)
        if not hard_links:
            monkeypatch.setattr(os, "link", failing(errno.ENOTSUP))
        with pytest.raises(UserError, match="exists already"):
            write_atomically(target, b"ours", overwrite=False)
        assert target.read_bytes() == b"its"
        assert entries(tmp_path) == ["a.md"]

    def test_writes_where_there_are_no_hard_links(self, tmp_path, monkeypatch):
        monkeypatch.setattr(os, "link", failing(errno.ENOTSUP))
        write_atomically(tmp_path / "a.md", b"new", overwrite=False)
        assert (tmp_path / "a.md").read_bytes() == b"new"
        assert entries(tmp_path) == ["a.md"]

    def test_file_is_on_the_disk_before_it_has_its_name_and_the_folder_after(
        self, tmp_path, monkeypatch
    ):
        target = tmp_path / "a.md"
        synced = []
        real = os.fsync

        def watch(descriptor):
            is_folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
            synced.append(("folder" if is_folder else "file", target.exists()))
            real(descriptor)

        monkeypatch.setattr(os, "fsync", watch)
        write_atomically(target, b"new", overwrite=False)
        assert synced == [("file", False), ("folder", True)]

    @pytest.mark.parametrize(
        ("number", "told"), [(errno.EINVAL, False), (errno.EACCES, False), (errno.EIO, True)]
    )
    def test_a_folder_that_cannot_be_synced(self, tmp_path, monkeypatch, number, told):
        real = os.fsync

        def fail_for_folders(descriptor):
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(number, os.strerror(number))
            real(descriptor)

        monkeypatch.setattr(os, "fsync", fail_for_folders)
        if told:
            with pytest.raises(UserError, match="cannot be written"):
                write_atomically(tmp_path / "a.md", b"new", overwrite=False)
        else:
            write_atomically(tmp_path / "a.md", b"new", overwrite=False)
        assert (tmp_path / "a.md").read_bytes() == b"new"

    def test_systems_without_folders_as_files(self, tmp_path, monkeypatch):
        monkeypatch.delattr(os, "O_DIRECTORY")
        write_atomically(tmp_path / "a.md", b"new", overwrite=False)
        assert (tmp_path / "a.md").read_bytes() == b"new"


class TestWriteFolder:
    FILES = (("a/b.md", b"1"), ("c.md", b"2"))

    def test_writes_a_new_folder(self, tmp_path):
        write_folder(tmp_path / "pack", self.FILES)
        assert entries(tmp_path) == ["pack"]
        assert (tmp_path / "pack" / "a" / "b.md").read_bytes() == b"1"
        assert (tmp_path / "pack" / "c.md").read_bytes() == b"2"

    def test_refuses_what_is_there(self, tmp_path):
        (tmp_path / "pack").mkdir()
        with pytest.raises(UserError, match="“pack” exists already"):
            write_folder(tmp_path / "pack", self.FILES)
        assert entries(tmp_path / "pack") == []

    @pytest.mark.parametrize("function", ["mkdir", "fsync", "rename"])
    def test_a_failure_leaves_nothing(self, tmp_path, monkeypatch, function):
        with monkeypatch.context() as patch:
            patch.setattr(os, function, failing(errno.ENOSPC))
            with pytest.raises(UserError, match="“pack” cannot be written: the disk is full"):
                write_folder(tmp_path / "pack", self.FILES)
        assert entries(tmp_path) == []


class TestSafeFileName:
    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("The ferry that was promised", "The ferry that was promised.md"),
            ('Who? "You": a/b\\c|d*e<f>', "Who You a b c d e f.md"),
            ("  many   spaces\tand\nlines ", "many spaces and lines.md"),
            ("", "untitled.md"),
            ("...", "untitled.md"),
            ("???", "untitled.md"),
            ("\u200d\u202e\ufeff", "untitled.md"),
            (".hidden", "hidden.md"),
            ("../../etc/passwd", "etc passwd.md"),
            ("--force", "force.md"),
            ("An end. . .", "An end.md"),
            ("Version 1.2", "Version 1.2.md"),
            ("CON", "_CON.md"),
            ("con.fession", "_con.fession.md"),
            ("con .x", "_con .x.md"),
            ("nul", "_nul.md"),
            ("Aux", "_Aux.md"),
            ("PRN", "_PRN.md"),
            ("COM1", "_COM1.md"),
            ("com\u00b9", "_com\u00b9.md"),
            ("LPT\u00b3.a", "_LPT\u00b3.a.md"),
            ("CONOUT$", "_CONOUT$.md"),
            ("CLOCK$", "_CLOCK$.md"),
            ("NUL\u200d", "_NUL.md"),
            ("Context", "Context.md"),
            ("COM10", "COM10.md"),
            ("gpj.\u202eevil\u2066\u2069\u061c\u200f", "gpj.evil.md"),
            ("e\u200b\u0301t\u00e9", "\u00e9t\u00e9.md"),
            ("a\0b\x1bc\x85d\u2028e\ud800f", "abc d ef.md"),
            ("\u05e9\u05dc\u05d5\u05dd", "\u05e9\u05dc\u05d5\u05dd.md"),
            (
                "\U0001f469\u200d\U0001f680 in space",
                "\U0001f469\u200d\U0001f680 in space.md",
            ),
        ],
    )
    def test_examples(self, title, name):
        assert safe_file_name(title, ".md") == name

    def test_a_long_title_is_cut(self):
        assert safe_file_name("a" * 300, ".md") == "a" * (NAME_BYTES - 3) + ".md"

    def test_emoji_are_cut_between_code_points(self):
        name = safe_file_name("\U0001f600" * 300, ".md")
        assert name == "\U0001f600" * 29 + ".md"  # 117 bytes leave room for 29 of four bytes

    def test_a_joiner_does_not_end_a_cut_name(self):
        name = safe_file_name("\U0001f469\u200d" * 300, ".md")
        assert name.endswith("\U0001f469.md")

    def test_spaces_and_dots_at_the_cut_go(self):
        assert safe_file_name("a" * 115 + ". . b", ".md") == "a" * 115 + ".md"

    def test_a_reserved_name_that_fills_the_room_still_fits(self):
        name = safe_file_name("con." + "a" * 300, ".md")
        assert name.startswith("_con.a")
        assert len(name) == NAME_BYTES

    def test_without_suffix(self):
        assert safe_file_name("CON. ", "") == "_CON"

    @given(st.text() | st.text(st.sampled_from('cCoOnNmM1\u00b9. /:"\u202e\u200d\u0301\ud800')))
    def test_always_valid(self, title):
        name = safe_file_name(title, ".md")
        stem = name.removesuffix(".md")
        assert name.endswith(".md")
        assert stem
        assert len(name.encode()) <= NAME_BYTES
        assert unicodedata.is_normalized("NFC", name)
        assert not re.search(r'[<>:"/\\|?*\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e]', name)
        assert stem == stem.strip(" .")
        device = "(con|prn|aux|nul|(com|lpt)[0-9\u00b9\u00b2\u00b3])"
        assert not re.fullmatch(device, name.partition(".")[0].rstrip(), re.IGNORECASE)
        assert safe_file_name(stem, ".md") == name

    def test_the_system_takes_it(self, tmp_path):
        name = safe_file_name("\U0001f600/\0:.." * 100, ".md")
        write_atomically(tmp_path / name, b"a", overwrite=False)
        assert entries(tmp_path) == [name]
