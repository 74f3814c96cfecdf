"""Messages through apprise, to a mail server and a webhook of our own; no secret is ever written down."""

import json
import socketserver
import threading
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from zonereport.inputs.faults import Refused
from zonereport.routine import notify, records

SECRET = "s3cret-token"
RECORD = {
    "when": "2022-03-14T07:30:00+08:00",
    "day": "2022-03-14",
    "zone": "demo",
    "name_zh": "云川经济开发区",
    "status": "done",
    "built": [
        {
            "period": "2022-02",
            "status": "done",
            "action": "build",
            "edition": "第1版草稿，未印发；数据未齐，缺统计月报",
            "verdict": "总体判断：3项指标增长。",
            "files": ["reports/demo/2022-02/brief.html"],
            "changes": {
                "since": "demo/2022-01",
                "since_zh": "2022年1月的报告",
                "figures": 12,
                "turned": 1,
                "sentences": ["进度慢于序时。"],
            },
        }
    ],
    "missing": [
        {
            "period": "2022-02",
            "office": "云川市统计局",
            "document": "统计月报",
            "state": "missing",
            "figures": ["规模以上工业产值"],
            "due": "2022-03-11",
            "late": True,
        }
    ],
}


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as a message needs."""

    def handle(self):
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (part := self.rfile.readline()) != b".\r\n":
                    lines.append(part.removeprefix(b"."))
                self.server.got.append(message_from_bytes(b"".join(lines), policy=default))
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body))
        self.send_response(self.server.answer)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def serving(server):
    server.got, server.answer = [], 200
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail():
    yield from serving(socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Mail))


@pytest.fixture
def hook():
    yield from serving(HTTPServer(("127.0.0.1", 0), _Hook))


@pytest.fixture
def project(tmp_path, mail, hook, monkeypatch):
    folder = tmp_path / "reports/demo/2022-02"
    folder.mkdir(parents=True)
    (folder / "brief.html").write_text("<h1>简报</h1>", encoding="utf-8")
    (tmp_path / notify.FILE).write_text(
        "link: https://intranet.example/reports/\n"
        "receivers:\n"
        "  分管领导: {address: LEADERS_MAIL, attach: [brief.html]}\n"
        "  工作群: {address: GROUP_ROBOT, 'on': [built, trouble, missing]}\n"
        "offices: {云川市统计局: STATISTICS_ROBOT}\n",
        encoding="utf-8",
    )
    port = mail.server_address[1]
    address = f"mailto://user:{SECRET}@127.0.0.1:{port}?from=a@example.cn&to=b@example.cn&mode=insecure"
    # a mail server of ours asks for no password
    monkeypatch.setenv("LEADERS_MAIL", address.replace(f"user:{SECRET}@", ""))
    monkeypatch.setenv("GROUP_ROBOT", f"json://127.0.0.1:{hook.server_address[1]}/{SECRET}")
    monkeypatch.setenv("STATISTICS_ROBOT", f"json://127.0.0.1:{hook.server_address[1]}/{SECRET}")
    return tmp_path


def test_who_is_told_what(project, mail, hook):
    said = []
    record = notify.tell(project, RECORD, said.append)
    assert said == []
    assert [(one["to"], one["status"]) for one in record["messages"]] == [
        ("分管领导", "sent"),
        ("工作群", "sent"),
        ("云川市统计局", "sent"),
    ]
    (letter,) = mail.got
    assert letter["Subject"] == "云川经济开发区经济运行报告：2022年1—2月已生成"
    names = [part.get_filename() for part in letter.walk() if part.get_filename()]
    assert names == ["brief.html"]
    group, chaser = hook.got
    for part in (
        "3项指标增长",
        "与2022年1月的报告相比，12项数字、1句判断有变化",
        "进度慢于序时",
        "缺2022-02统计月报（云川市统计局），已逾期",
        "intranet.example/reports/demo",
    ):
        assert part in group["message"]
    assert chaser["title"] == "云川经济开发区缺报提醒"
    assert "2022-02 统计月报（规模以上工业产值），应于2022-03-11前报送。" in chaser["message"]
    assert SECRET not in json.dumps(record)
    # the second call of a day reminds nobody again
    records.append(project / "reports", record)
    again = notify.tell(project, RECORD, said.append)
    assert "云川市统计局" not in [one["to"] for one in again["messages"]]


def test_a_message_that_fails_costs_a_line_and_no_secret(project, hook, monkeypatch, capfd):
    hook.answer = 500
    monkeypatch.delenv("LEADERS_MAIL")
    said = []
    record = notify.tell(project, RECORD, said.append)
    assert {one["status"] for one in record["messages"]} == {
        "LEADERS_MAIL is not set",
        "failed: the service refused it or was not reached",
    }
    assert len(said) == 3
    out = capfd.readouterr()
    assert SECRET not in "".join([*said, json.dumps(record), out.out, out.err])


def test_nothing_is_sent_where_nothing_happened(project, mail, hook):
    record = notify.tell(project, RECORD | {"built": [], "missing": []}, print)
    assert "messages" not in record
    assert (mail.got, hook.got) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "receivers: {甲: {address: 'mailto://user:s3cret-token@host'}}",
        "receivers: {甲: {adress: MAIL}}",
        "offices: [甲]",
        "receivers: {",
    ],
)
def test_a_fault_of_the_file_is_said_without_what_stands_there(project, text):
    (project / notify.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match=notify.FILE) as fault:
        notify.load(project)
    assert SECRET not in str(fault.value)
    said = []
    assert notify.tell(project, RECORD, said.append)["messages"] == [{"to": notify.FILE, "status": "failed"}]
    assert len(said) == 1


def test_without_the_file_nobody_is_told(tmp_path):
    assert notify.tell(tmp_path, RECORD, print) is RECORD
