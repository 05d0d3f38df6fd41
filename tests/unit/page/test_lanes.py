from postil.page.lanes import Bar, pack


def test_bars_beside_each_other_get_columns_of_their_own():
    packed = pack([Bar("a", 0, 100), Bar("b", 20, 40), Bar("c", 60, 80)], 3, {})
    assert packed.columns == {"a": 0, "b": 1, "c": 1}
    assert packed.left_out == ()


def test_bars_under_each_other_share_a_column_if_a_gap_stays():
    assert pack([Bar("a", 0, 20), Bar("b", 26, 40)], 2, {}).columns == {"a": 0, "b": 0}
    assert pack([Bar("a", 0, 20), Bar("b", 20.5, 40)], 2, {}).columns == {"a": 0, "b": 1}


def test_what_has_no_column_is_named_where_it_begins():
    bars = [Bar(name, 0, 20) for name in "abcd"] + [Bar("e", 100, 120)]
    packed = pack(bars, 2, {})
    assert packed.columns == {"a": 0, "b": 1, "e": 0}
    assert packed.left_out == ((0, ("c", "d")),)


def test_a_bar_keeps_its_column_when_others_leave_the_page():
    first = pack([Bar("a", 0, 100), Bar("b", 20, 200)], 3, {})
    then = pack([Bar("b", 20, 200), Bar("c", 150, 300)], 3, first.columns)
    assert then.columns == {"b": 1, "c": 0}


def test_a_kept_column_that_is_no_longer_there_is_given_up():
    assert pack([Bar("a", 0, 10)], 1, {"a": 3}).columns == {"a": 0}


def test_without_columns_all_are_left_out():
    assert pack([Bar("a", 0, 10), Bar("b", 0, 10)], 0, {}).left_out == ((0, ("a", "b")),)
