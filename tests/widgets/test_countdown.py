from learnchat.widgets.countdown import Attention, Countdown


def test_a_countdown_runs_out_only_by_time_that_counted() -> None:
    countdown = Countdown(2.0, now=100.0)
    countdown.advance(100.9, running=True)
    countdown.advance(150.0, running=False)
    countdown.advance(150.9, running=True)
    assert not countdown.expired
    assert round(countdown.left, 3) == 0.2
    countdown.advance(151.2, running=True)
    assert countdown.expired
    assert countdown.left == 0.0


def test_a_suspended_program_does_not_wake_to_an_expired_toast() -> None:
    countdown = Countdown(30.0, now=0.0)
    countdown.advance(3600.0, running=True)
    assert countdown.left == 29.0


def test_chords_count_from_four_hundred_milliseconds_on() -> None:
    countdown = Countdown(30.0, now=10.0)
    assert not countdown.armed(10.39)
    assert countdown.armed(10.4)


def test_typing_holds_the_countdown_until_six_hundred_milliseconds_after_the_last_key() -> None:
    attention = Attention()
    attention.focus_report(True, 0.0)
    attention.key(5.0)
    assert not attention.watching(5.59)
    assert attention.watching(5.61)


def test_an_unfocused_terminal_or_a_dialog_holds_the_countdown() -> None:
    attention = Attention()
    attention.focus_report(True, 0.0)
    assert attention.watching(100.0)
    attention.dialog_open = True
    assert not attention.watching(100.0)
    attention.dialog_open = False
    attention.focus_report(False, 100.0)
    assert not attention.watching(101.0)


def test_without_focus_reports_it_runs_only_near_the_last_key_or_mouse_event() -> None:
    attention = Attention()
    assert not attention.watching(0.0)
    attention.key(1.0)
    assert attention.watching(11.0)
    assert not attention.watching(11.1)
    attention.pointer(20.0)
    assert attention.watching(20.0)
