<?php
function next_invoice_number()
{
    return date('Y') . '-' . str_pad((string) random_int(1, 99999), 5, '0', STR_PAD_LEFT);
}

function invoice_pdf($order, $number)
{
    $pdf = new TCPDF();
    $pdf->AddPage();
    $pdf->Write(0, "Rechnung $number\n" . $order['address']);
    return $pdf->Output('', 'S');
}

function mail_pdf($to, $bytes)
{
    mail($to, 'Ihre Rechnung', chunk_split(base64_encode($bytes)));
}
