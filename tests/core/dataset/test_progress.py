from core.dataset.progress import Progress


def test_reports_are_few_never_go_back_and_end_at_the_total():
    reports = []
    progress = Progress(lambda done, total: reports.append((done, total)), 10_000)
    for _ in range(10_000):
        progress.step()
    progress.finish()
    done = [done for done, _ in reports]
    assert len(reports) < 100
    assert done == sorted(done)
    assert reports[-1] == (10_000, 10_000)
